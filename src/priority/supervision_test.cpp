// Supervised consumption counted again, naively, from the people the files were written from: never from the
// pictures.

#include "priority/supervision.hpp"

#include "measure/extracts_for_tests.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace optimat {
namespace {

constexpr std::array<const char*, 3> item_names = {"diverted_this_episode", "vulnerable_to_exploitation",
                                                   "regular_opioid_use_28d"};
const Day as_at = *day_of(2018, 10, 31);
constexpr std::array<const char*, 3> flags = {"", "false", "true"};

/// An inventory as it is written into a file or answered by the team.
struct Answered {
    Day day;
    std::array<int, 3> items{};  ///< places in flags
    int after = 0;
    bool other = false;  ///< the team's: an item of the form that the extract does not have is present
};

struct Somebody {
    std::string id, service, supervision, collection, pharmacy;
    bool injection = false, in_mat = true;
    bool lapsed = false;   ///< not in MAT any more, and on list 6 for it
    int opiate_days = -1;  ///< of a TOP in October; -1: none
    std::vector<Answered> written, team;
};

/// People with inventories around both edges of their time.
class People {
  public:
    explicit People(std::uint32_t seed) : m_random(seed), m_items_asked(2 + below(2)) {
        for (int i = 0; i < 240; ++i)
            m_people.push_back(somebody(i));
    }
    const std::vector<Somebody>& all() const { return m_people; }

    CountedExtract written() const {
        std::string prescriptions =
            "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date,collection,"
            "supervision,pharmacy_id\n";
        std::string tops = "top_id,client_id,date,stage,opiate_days\n";
        std::string ascis = fmt::format("asci_id,client_id,date,supervised_after,{},{},{}\n", item_names[0],
                                        item_names[1], item_names[2]);
        int asci = 1000;
        for (const Somebody& one : m_people) {
            prescriptions += fmt::format("R{0},{0},{1},{2},2018-01-10,{3},{4},{5},{6}\n", one.id, one.service,
                                         one.injection ? "buprenorphine_sublocade,300" : "methadone,50",
                                         one.in_mat   ? ""
                                         : one.lapsed ? "2018-10-15"
                                                      : "2018-06-01",
                                         one.collection, one.supervision, one.pharmacy);
            if (one.opiate_days >= 0)
                tops += fmt::format("T{0},{0},2018-10-12,review,{1}\n", one.id, one.opiate_days);
            for (const Answered& answered : one.written)
                ascis += fmt::format("A{},{},{},{},{},{},{}\n", asci++, one.id, to_text(answered.day),
                                     flags[place(answered.after)], flags[place(answered.items[0])],
                                     flags[place(answered.items[1])], flags[place(answered.items[2])]);
        }
        return written_extract(
            {{"prescriptions.csv", prescriptions}, {"tops.csv", tops}, {"ascis.csv", ascis}}, {as_at});
    }

    TeamRecords records(const Extract& extract) const {
        TeamRecords records;
        for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
            for (std::uint32_t client = 0; client < extract.chunks[chunk].client_count(); ++client)
                for (const Somebody& one : m_people)
                    if (extract.chunks[chunk].client_ids[client] == one.id)
                        for (const Answered& answered : one.team)
                            records[{chunk, client}].ascis.push_back(team_asci(answered));
        return records;
    }

    static std::size_t place(int number) { return static_cast<std::size_t>(number); }

  private:
    static TeamAsci team_asci(const Answered& answered) {
        TeamAsci asci;
        asci.day = answered.day;
        asci.supervised_after = static_cast<Flag>(answered.after);
        for (const int item : answered.items)
            asci.items.push_back(static_cast<Flag>(item));
        asci.other_item = answered.other;
        return asci;
    }
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }
    template <std::size_t count> std::string one_of(const std::array<const char*, count>& texts) {
        return texts[place(below(static_cast<int>(count)))];
    }
    Answered inventory(int items_asked) {
        static const std::array<Day, 8> days = {
            *day_of(2017, 6, 1),   *day_of(2017, 10, 31), *day_of(2017, 11, 1), *day_of(2018, 3, 2),
            *day_of(2018, 10, 30), *day_of(2018, 10, 31), *day_of(2018, 11, 1), *day_of(2018, 12, 5)};
        Answered answered{days[place(below(8))], {}, below(3), false};
        for (int item = 0; item < items_asked; ++item)
            answered.items[place(item)] = below(4) == 0 ? below(3) : 1;
        return answered;
    }
    Somebody somebody(int number) {
        Somebody one;
        one.id = fmt::format("P{:03}", number);
        one.service = one_of(std::array{"S1", "S2", "S3"});
        one.injection = below(9) == 0;
        one.in_mat = below(8) != 0;
        one.lapsed = below(2) == 0;
        one.supervision = one_of(std::array{"", "all", "some", "none"});
        one.collection = one.injection ? "administered" : one_of(std::array{"", "supervised_daily", "daily"});
        one.pharmacy = one_of(std::array{"", "F1", "F2", "F3"});
        one.opiate_days = below(3) - 1;
        for (int i = below(3); i > 0; --i)
            one.written.push_back(inventory(m_items_asked));
        std::ranges::stable_sort(one.written, {}, &Answered::day);
        for (int i = below(5) - 2; i > 0; --i) {
            one.team.push_back(inventory(3));
            one.team.back().other = below(6) == 0;
        }
        std::ranges::stable_sort(one.team, {}, &Answered::day);
        return one;
    }

    std::mt19937 m_random;
    int m_items_asked;  ///< the third item may be one that nobody ever answers in the files
    std::vector<Somebody> m_people;
};

bool is_supervised(const Somebody& one) {
    return one.supervision == "all" || one.supervision == "some" ||
           (one.supervision.empty() && one.collection == "supervised_daily");
}

/// How many of the people that a condition picks are supervised, and so on.
template <class Picks>
SupervisionCount recount(const std::vector<const Somebody*>& people, const Picks& picks) {
    SupervisionCount count;
    for (const Somebody* one : people) {
        if (!picks(*one)) continue;
        if (one->injection)
            ++count.injections;
        else if (is_supervised(*one))
            ++count.supervised;
        else
            ++(one->supervision == "none" ? count.unsupervised : count.not_recorded);
    }
    return count;
}

/// The inventory of somebody that counts, and whether it is complete.
struct Current {
    Answered answered;
    bool any = false, complete = false;
};

std::optional<Current> current_of(const Somebody& one, const std::set<std::size_t>& in_use, OptionalDay to) {
    std::optional<Current> current;
    for (const Answered& answered : one.written) {
        if (answered.day <= *day_of(2017, 10, 31) || answered.day > as_at) continue;
        current = Current{answered, false, !in_use.empty()};
        for (const std::size_t item : in_use)
            if (answered.items[item] == 0) current->complete = false;
    }
    for (const Answered& answered : one.team) {
        if (answered.day <= *day_of(2017, 10, 31) || (to.has_value() && answered.day > *to)) continue;
        if (current && current->answered.day > answered.day) continue;
        current = Current{answered, answered.other, std::ranges::count(answered.items, 0) == 0};
    }
    if (!current) return current;
    current->any = current->any || std::ranges::count(current->answered.items, 2) > 0;
    current->complete = current->complete || current->any;
    return current;
}

/// The same of their inventories.
template <class Picks, class CurrentOf>
InventoryCount recount_inventories(const std::vector<const Somebody*>& people, const Picks& picks,
                                   const CurrentOf& current_asci_of) {
    InventoryCount count;
    for (const Somebody* one : people) {
        if (!picks(*one)) continue;
        ++count.in_mat;
        const bool supervised_now = !one->injection && is_supervised(*one);
        const std::optional<Current> asci = current_asci_of(*one);
        if (!asci) {
            count.supervised_without_asci += supervised_now;
            continue;
        }
        ++count.with_current_asci;
        count.complete += asci->complete;
        count.supervised_without_item += supervised_now && asci->complete && !asci->any;
        if (!asci->complete || asci->answered.after == 0) continue;
        ++count.decided;
        count.decided_supervised += asci->answered.after == 2;
        count.agreed += asci->any == (asci->answered.after == 2);
    }
    return count;
}

/// One seed's figures beside its people.
class Recount {
  public:
    Recount(std::uint32_t seed, const std::string& place, OptionalDay to)
        : m_people(seed), m_counted(m_people.written()), m_to(to) {
        const Pictures pictures = make_pictures(m_counted.extract, m_counted.policy, as_at, {1});
        m_figures =
            supervision_at(m_counted.extract, pictures, m_counted.policy,
                           find_place(m_counted.extract,
                                      place.empty() ? PlaceKind::organisation : PlaceKind::service, place),
                           m_people.records(m_counted.extract), to);
        for (const Somebody& one : m_people.all()) {
            if (one.in_mat && (place.empty() || one.service == place)) m_here.push_back(&one);
            for (const Answered& answered : one.written)
                for (std::size_t item = 0; item < 3; ++item)
                    if (answered.items[item] != 0) m_in_use.insert(item);
        }
    }

    void compare_lines() const {
        expect_line({"", m_figures.all, m_figures, {}}, [](const Somebody&) { return true; });
        EXPECT_EQ(m_figures.all.people(), m_figures.in_mat);
        EXPECT_GT(m_figures.decided, 0) << "the seed tests nothing";
        std::int64_t of_services = 0, of_pharmacies = 0, before = 1 << 20;
        for (const SupervisionLine& line : m_figures.services) {
            const std::string id = line.name == "One" ? "S1" : line.name == "Two" ? "S2" : "S3";
            expect_line(line, [&](const Somebody& one) { return one.service == id; });
            of_services += line.count.people();
        }
        for (const SupervisionLine& line : m_figures.pharmacies) {
            expect_line(line, [&](const Somebody& one) { return one.pharmacy == line.name; });
            of_pharmacies += line.count.people();
            if (line.name.empty()) {
                EXPECT_EQ(&line, &m_figures.pharmacies.back()) << "not recorded last";
                continue;
            }
            EXPECT_LE(line.count.people(), before) << "most people first";
            before = line.count.people();
        }
        EXPECT_EQ(of_services, m_figures.all.people());
        EXPECT_EQ(of_pharmacies, m_figures.all.people());
        ASSERT_EQ(m_figures.stages.size(), stage_count);
        for (const auto& [stage, least, most] :
             {std::tuple(1, 1, 28), std::tuple(2, 0, 0), std::tuple(4, -1, -1)})
            expect_line(m_figures.stages[static_cast<std::size_t>(stage)], [=](const Somebody& one) {
                return one.opiate_days >= least && one.opiate_days <= most;
            });
    }

    void compare_items() const {
        std::array<std::array<std::int64_t, 4>, 3> items{};
        std::map<std::vector<bool>, std::pair<std::int64_t, std::int64_t>> combinations;
        for (const Somebody* one : m_here) {
            const auto asci = current_of(*one, m_in_use, m_to);
            if (!asci || asci->answered.after == 0) continue;
            const bool supervised = asci->answered.after == 2;
            const auto& answers = asci->answered.items;
            for (std::size_t item = 0; item < 3; ++item) {
                if (answers[item] == 0) continue;
                items[item][answers[item] == 2 ? 0 : 2] += 1;
                items[item][answers[item] == 2 ? 1 : 3] += supervised;
            }
            if (std::ranges::any_of(m_in_use, [&](std::size_t item) { return answers[item] == 0; })) continue;
            auto& combination = combinations[{answers[0] == 2, answers[1] == 2, answers[2] == 2}];
            ++combination.first;
            combination.second += supervised;
        }
        ASSERT_EQ(m_figures.items.size(), 3);
        for (std::size_t item = 0; item < 3; ++item) {
            const InventoryItem& is = m_figures.items[item];
            EXPECT_EQ(is.item, item_names[item]);
            EXPECT_EQ((std::array{is.present, is.present_supervised, is.absent, is.absent_supervised}),
                      items[item]);
        }
        ASSERT_EQ(m_figures.combinations.size(), combinations.size());
        std::int64_t least = 1 << 20;
        for (const ItemCombination& is : m_figures.combinations) {
            EXPECT_EQ((std::pair{is.people, is.supervised}), combinations.at(is.items));
            EXPECT_LE(is.people, least) << "most people first";
            least = is.people;
        }
    }

  private:
    template <class Picks> void expect_line(const SupervisionLine& line, const Picks& picks) const {
        SCOPED_TRACE(line.name);
        EXPECT_EQ(line.count, recount(m_here, picks));
        EXPECT_EQ(line.inventories, recount_inventories(m_here, picks, [&](const Somebody& one) {
                      return current_of(one, m_in_use, m_to);
                  }));
    }

    People m_people;
    CountedExtract m_counted;
    OptionalDay m_to;
    SupervisionFigures m_figures;
    std::set<std::size_t> m_in_use;  ///< items that somebody of the whole extract has an answer to
    std::vector<const Somebody*> m_here;
};

TEST(Supervision, equals_a_naive_recount) {
    for (std::uint32_t seed = 1; seed <= 12; ++seed)
        for (const char* place : {"", "S2"}) {
            SCOPED_TRACE(fmt::format("seed {}, {}", seed, place));
            for (const OptionalDay to : {OptionalDay(as_at), OptionalDay()}) {
                const Recount recount(seed, place, to);
                recount.compare_lines();
                recount.compare_items();
            }
        }
}

}  // namespace
}  // namespace optimat

#include "random_dice.hpp"
#include "reference_lists_records.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace optimat {
namespace reference {
namespace {

using std::chrono::days;

/// A file of a plain extract: no quotes, LF.
struct PlainTable {
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line)
        if (c == ',')
            cells.emplace_back();
        else
            cells.back() += c;
    return cells;
}

class ListRecordMaker {
  public:
    ListRecordMaker(const std::filesystem::path& folder, std::uint64_t seed,
                    const std::vector<std::chrono::year_month_day>& as_at)
        : m_folder(folder), m_dice(seed) {
        m_as_at.assign(as_at.begin(), as_at.end());
        for (const char* name : {"clients", "episodes", "prescriptions", "tops", "drug_screens", "events"})
            load(name);
        m_tables["risk_profiles"];
        m_tables["ascis"];
    }

    void make() {
        for (int number = 0; number < people; ++number)
            live(fmt::format("L{:02}", number), number);
        std::vector<std::string> clients;
        for (const Row& client : m_tables["clients"].rows)
            clients.push_back(client.at("client_id"));
        for (const std::string& client : clients)
            add_records(client);
        fill_tops();
        fill_screens();
        fill_prescriptions();
        fill_episodes();
        for (const auto& [name, table] : m_tables)
            save(name, table);
    }

  private:
    static constexpr int people = 40;
    using Texts = std::vector<std::string>;

    void load(const std::string& name) {
        std::istringstream text(read_text(m_folder / (name + ".csv")));
        std::string line;
        std::getline(text, line);
        PlainTable& table = m_tables[name];
        table.columns = cells_of(line);
        while (std::getline(text, line)) {
            const auto cells = cells_of(line);
            Row& row = table.rows.emplace_back();
            for (std::size_t i = 0; i < cells.size(); ++i)
                row[table.columns[i]] = cells[i];
        }
    }

    void save(const std::string& name, const PlainTable& table) {
        std::vector<std::string> columns = table.columns;
        for (const Row& row : table.rows)
            for (const auto& [column, cell] : row)
                if (std::find(columns.begin(), columns.end(), column) == columns.end())
                    columns.push_back(column);
        if (columns.empty()) return;
        std::ofstream file(m_folder / (name + ".csv"), std::ios::binary);
        file << fmt::format("{}\n", fmt::join(columns, ","));
        for (const Row& row : table.rows) {
            std::vector<std::string> cells;
            for (const std::string& column : columns)
                cells.push_back(row.contains(column) ? row.at(column) : "");
            file << fmt::format("{}\n", fmt::join(cells, ","));
        }
    }

    std::string text(Day day) { return reference_date_text(day); }
    Day any_date() { return m_dice.one_of(m_as_at); }

    // A day on one of the windows' edges, or near a reference date.
    Day edge() {
        const Day as_at = any_date();
        switch (m_dice.between(0, 6)) {
        case 0:
            return months_later(as_at, -m_dice.one_of<int>({3, 6, 12, 24})) + days{m_dice.between(-1, 1)};
        case 1:
            return as_at - days{m_dice.one_of<long>({27, 28, 29, 89, 90, 91})};
        case 2:
            return as_at + days{m_dice.between(-1, 1)};
        default:
            return as_at - days{m_dice.between(0, 120)};
        }
    }

    Row& add(const std::string& table, const Row& row) { return m_tables[table].rows.emplace_back(row); }
    void add_event(const std::string& client, Day day, const std::string& kind) {
        add("events", {{"client_id", client}, {"date", text(day)}, {"kind", kind}});
    }
    void add_top(const std::string& client, Day day, const std::string& opiate_days) {
        add("tops", {{"top_id", fmt::format("X{}", ++m_number)},
                     {"client_id", client},
                     {"date", text(day)},
                     {"stage", "review"},
                     {"opiate_days", opiate_days}});
    }
    void prescribe(const std::string& client, Day start, Day end, const std::string& medicine,
                   const std::string& dose, const std::string& regime) {
        add("prescriptions", {{"prescription_id", fmt::format("X{}", ++m_number)},
                              {"client_id", client},
                              {"service_id", fmt::format("S{}", m_dice.between(1, 5))},
                              {"medicine", medicine},
                              {"daily_dose_mg", dose},
                              {"start_date", text(start)},
                              {"end_date", text(end)},
                              {"regime", regime}});
    }
    void add_episode(const std::string& client, Day start, std::optional<Day> end) {
        const Texts reasons = {"dropped_out",
                               "dropped_out",
                               "completed_drug_free",
                               "declined_by_client",
                               "other",
                               "withdrawn_by_provider",
                               "",
                               "retained_in_custody",
                               "completed_alcohol_free"};
        add("episodes", {{"episode_id", fmt::format("X{}", ++m_number)},
                         {"client_id", client},
                         {"service_id", fmt::format("S{}", m_dice.between(1, 5))},
                         {"start_date", text(start)},
                         {"end_date", end ? text(*end) : ""},
                         {"end_reason", end ? m_dice.one_of(reasons) : ""},
                         {"opiate_client", m_dice.one_of<std::string>({"true", "true", "false", ""})}});
    }

    void live(const std::string& client, int number) {
        add("clients", {{"client_id", client}});
        switch (number % 5) {
        case 0:
            return steady(client);
        case 1:
            return low_dose(client);
        case 2:
            return reducing(client);
        case 3:
            return out_of_cover(client);
        default:
            return never_prescribed(client);
        }
    }

    // priority/5: six months without use, the first evidence on the edge.
    void steady(const std::string& client) {
        const Day as_at = any_date(), first = months_later(as_at, -6);
        prescribe(client, first - days{m_dice.one_of<long>({27, 28, 29, 60})}, as_at + days{9}, "methadone",
                  "60", "stable");
        for (Day day = first + days{m_dice.between(-1, 1)}; day <= as_at;
             day = months_later(day, 2) + days{m_dice.between(0, 29)})
            add_top(client, day, m_dice.chance(92) ? "0" : "2");
        if (m_dice.chance(60)) add_episode(client, first - days{30}, std::nullopt);
    }

    // review-cohorts and priority/3: doses and days of use on the edges.
    void low_dose(const std::string& client) {
        const Day as_at = any_date();
        const bool tablets = m_dice.chance(30);
        prescribe(client, as_at - days{80}, as_at + days{m_dice.between(0, 9)},
                  tablets ? "buprenorphine" : "methadone",
                  tablets ? m_dice.one_of<std::string>({"6", "6.001", "5.999", "12"})
                          : m_dice.one_of<std::string>({"30", "30.001", "40", "40.001", "60"}),
                  m_dice.one_of<std::string>({"", "stable", "increasing"}));
        m_tables["prescriptions"].rows.back()["target_dose_mg"] =
            m_dice.one_of<std::string>({"", "11.999", "12", "59.999", "60", "80"});
        const auto several = m_dice.between(1, 3);
        for (long i = 0; i < several; ++i)
            add_top(client, as_at - days{m_dice.between(0, 40)},
                    m_dice.one_of<std::string>({"0", "0", "1", "8", "9", "20", "21", "28"}));
    }

    // slow-reduction: three months of it and a day to either side.
    void reducing(const std::string& client) {
        const Day as_at = any_date(), first = months_later(as_at, -3) + days{m_dice.between(-2, 2)};
        const bool recorded = m_dice.chance(60);
        prescribe(client, first - days{60}, first - days{1}, "methadone", "70", recorded ? "stable" : "");
        long dose = 69'000;
        for (Day start = first; start <= as_at; start += days{14}) {
            prescribe(client, start, start + days{13}, "methadone",
                      fmt::format("{}.{:03}", dose / 1000, dose % 1000),
                      recorded ? m_dice.one_of<std::string>({"reducing", "reducing", "reducing", "detox"})
                               : "");
            dose -= m_dice.one_of<long>({0, 500, 1'000, 5'000});
        }
        if (m_dice.chance(70))
            add_top(client, as_at - days{m_dice.between(0, 60)}, m_dice.one_of<std::string>({"0", "0", "4"}));
    }

    // priority/6: cover that ended so many days before.
    void out_of_cover(const std::string& client) {
        const Day as_at = any_date();
        const Day last = as_at - days{m_dice.one_of<long>({1, 3, 4, 5, 7, 8, 14, 15, 27, 28, 29, 60, 100})};
        prescribe(
            client, last - days{60}, last,
            m_dice.one_of<std::string>({"methadone", "buprenorphine_monthly", "buprenorphine_sublocade"}),
            "60", "");
        const auto end = m_dice.one_of<Day>({last, last - days{1}, last + days{1}, as_at - days{89},
                                             as_at - days{90}, as_at, as_at + days{1}});
        if (m_dice.chance(70)) add_episode(client, last - days{200}, end);
        if (m_dice.chance(20))
            add_episode(client, last, m_dice.chance(50) ? std::nullopt : std::optional(as_at));
        if (m_dice.chance(30))
            add_event(client, m_dice.one_of<Day>({last - days{1}, last, last + days{1}, as_at}),
                      "prison_release");
    }

    void never_prescribed(const std::string& client) {
        const Day day = edge();
        add_episode(client, day - days{50}, m_dice.chance(80) ? std::optional(day) : std::nullopt);
        if (m_dice.chance(30)) add_event(client, edge(), "hospital_discharge");
    }

    void add_records(const std::string& client) {
        const Texts kinds = {"overdose_non_fatal",  "prison_release", "hospital_discharge",
                             "rehab_discharge",     "missed_pickup",  "naloxone_supplied",
                             "inpatient_admission", "keywork"};
        if (m_dice.chance(40)) add_event(client, edge(), m_dice.one_of(kinds));
        if (m_dice.chance(25)) miss_pickups(client);
        if (m_dice.chance(40)) add_profile(client);
        if (m_dice.chance(20)) add_profile(client);
        if (m_dice.chance(70)) add_asci(client);
        if (m_dice.chance(15)) add_top(client, edge(), "");
    }

    // Two to four days about the beginning or the end of the 28 days.
    void miss_pickups(const std::string& client) {
        const Day first = any_date() - days{m_dice.one_of<long>({1, 2, 3, 12, 24, 25, 26, 27, 28, 29})};
        const auto several = m_dice.between(2, 4);
        for (long i = 0; i < several; ++i)
            add_event(client, first + days{i}, "missed_pickup");
    }

    void add_profile(const std::string& client) {
        Row& row = add("risk_profiles", {{"client_id", client}, {"date", text(edge())}});
        for (const char* factor :
             {"injecting", "depressant_or_alcohol", "recent_overdose", "lowered_tolerance", "potent_opioids",
              "acute_housing", "physical_health", "suicidal_thoughts"})
            row[factor] = m_dice.one_of<std::string>({"", "", "false", "false", "true"});
    }

    void add_asci(const std::string& client) {
        Row& row = add("ascis", {{"asci_id", fmt::format("X{}", ++m_number)}, {"client_id", client}});
        row["date"] = text(edge());
        for (const char* item :
             {"diverted_this_episode", "vulnerable_to_exploitation", "regular_opioid_use_28d"})
            row[item] = m_dice.one_of<std::string>({"false", "false", "false", "false", "false", "true", ""});
    }

    void fill_tops() {
        for (Row& top : m_tables["tops"].rows) {
            top["alcohol_days"] = m_dice.one_of<std::string>({"", "0", "0", "0", "1", "14"});
            top["benzodiazepine_days"] = m_dice.one_of<std::string>({"", "0", "0", "0", "1"});
            top["injecting_days"] = m_dice.one_of<std::string>({"", "", "0", "0", "1"});
            top["acute_housing_problem"] = m_dice.one_of<std::string>({"", "false", "false", "true"});
            top["physical_health"] = m_dice.one_of<std::string>({"", "5", "6", "14"});
        }
    }

    void fill_screens() {
        for (Row& screen : m_tables["drug_screens"].rows)
            for (const char* drug : {"benzodiazepine", "alcohol", "gabapentinoid"})
                screen[drug] = m_dice.one_of<std::string>({"negative", "negative", "negative", "negative",
                                                           "negative", "", "inconclusive", "positive"});
    }

    void fill_prescriptions() {
        for (Row& row : m_tables["prescriptions"].rows) {
            row["collection"] =
                m_dice.one_of<std::string>({"supervised_daily", "supervised_daily", "daily", ""});
            row["supervision"] = m_dice.one_of<std::string>({"", "", "all", "some", "none"});
        }
    }

    void fill_episodes() {
        for (Row& row : m_tables["episodes"].rows)
            row["shared_care"] = m_dice.one_of<std::string>({"", "", "false", "true"});
    }

    std::filesystem::path m_folder;
    Dice m_dice;
    std::vector<Day> m_as_at;
    std::map<std::string, PlainTable> m_tables;
    int m_number = 0;
};

}  // namespace
}  // namespace reference

void add_list_records(const std::filesystem::path& extract, std::uint64_t seed,
                      const std::vector<std::chrono::year_month_day>& as_at) {
    reference::ListRecordMaker(extract, seed, as_at).make();
}

}  // namespace optimat

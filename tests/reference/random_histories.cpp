#include "random_histories.hpp"

#include "random_prescriptions.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace optimat::reference {
namespace {

// One client: the prescriptions, and what else is recorded around them.
class RandomPerson : public RandomPrescriptions {
  public:
    using RandomPrescriptions::RandomPrescriptions;

    void live(int number) {
        follow_recipe(number);
        if (m_dice.chance(15)) non_mat_medicine();
        if (m_dice.chance(10)) noise();
        if (m_dice.chance(16)) death();
        if (m_dice.chance(70)) episode();
        if (m_dice.chance(20)) episode();
        if (m_dice.chance(90)) evidence();
        m_records.prescriptions.insert(m_records.prescriptions.end(), m_own.begin(), m_own.end());
    }

  private:
    // cover/death: an event, an episode that ended so, or both, around a prescription's days or the reference
    // date.
    void death() {
        const Day day = m_dice.one_of<Day>({own_start() - days{1}, own_start(), near(own_start(), 0, 30),
                                            m_as_at - days{1}, m_as_at, m_as_at + days{1}});
        const long told_by = m_dice.between(1, 3);
        if (told_by != 2) m_records.events.push_back({m_client, day, "death"});
        const Day end = told_by == 2 ? day : near(day, 2, 2);
        if (told_by != 1)
            m_records.episodes.push_back({m_client, service(), end - days{90}, end, "died", ""});
    }

    void episode() {
        const Day prescribed = own_start();
        const Day start = prescribed - days{m_dice.one_of<long>({-1, 0, 10, 27, 28, 29, 300})};
        Episode episode{m_client,     service(), start,
                        std::nullopt, "",        m_dice.one_of<std::string>({"true", "false", "", ""})};
        if (m_dice.chance(30)) episode.end = std::max(start, near(m_as_at, 20, 20));
        if (episode.end) episode.end_reason = end_reason();
        m_records.episodes.push_back(episode);
        if (m_dice.chance(20))
            m_records.events.push_back({m_client, near(m_as_at, 50, 0), "naloxone_supplied"});
    }

    // evidence/on-top: the window's edges, the spell's first day, and 27 to 29 days before another finding.
    void evidence() {
        const Day window = months_after(m_as_at, -3);
        Day last = m_as_at - days{m_dice.between(0, 60)};
        const long several = m_dice.between(1, 5);
        for (long i = 0; i < several; ++i) {
            const Day day =
                m_dice.one_of<Day>({near(window, 1, 2), near(m_as_at, 1, 1), near(own_start(), 1, 1),
                                    last - days{m_dice.between(27, 29)}, last, near(m_as_at, 100, 0)});
            if (m_dice.chance(50))
                top(day);
            else
                screen(day);
            if (day <= m_as_at) last = day;
        }
    }

    void top(Day day) {
        Top top{m_client, day,
                m_dice.one_of<std::string>({"review", "review", "review", "exit", "post_exit", "", "start"}),
                m_dice.one_of<std::string>({"community", "community", "community", "", "secure"}),
                std::nullopt};
        if (m_dice.chance(90)) top.opiate_days = m_dice.one_of<int>({0, 0, 0, 1, 12, 28});
        m_records.tops.push_back(top);
    }

    void screen(Day day) {
        const std::vector<std::string> illicit = {"positive", "negative",     "negative",
                                                  "negative", "inconclusive", ""};
        const std::vector<std::string> fentanyl = {"", "", "", "", "positive", "negative", "inconclusive"};
        m_records.screens.push_back({m_client, day,
                                     m_dice.one_of<std::string>({"community", "community", "", "secure"}),
                                     m_dice.one_of(illicit), m_dice.one_of(fentanyl)});
    }
};

class HistoryMaker {
  public:
    HistoryMaker(Dice& dice, const RandomExtractOptions& options) : m_dice(dice), m_options(options) {}

    RandomRecords make() {
        make_period();
        make_services();
        for (int i = 0; i < m_options.clients; ++i)
            make_client(i);
        return m_records;
    }

  private:
    Dice& m_dice;
    const RandomExtractOptions& m_options;
    RandomRecords m_records;

    void make_period() {
        m_records.covers_from =
            Day{m_options.as_at.front()} - days{m_dice.one_of<long>({20, 30, 33, 100, 400})};
        m_records.covers_to = Day{m_options.as_at.back()} + days{m_dice.between(0, 40)};
    }

    void make_services() {
        for (int i = 0; i < m_options.services; ++i) {
            Service service;
            service.id = fmt::format("S{}", i + 1);
            service.region = m_dice.one_of<std::string>({"North", "South", ""});
            service.area = m_dice.one_of<std::string>({"Area 1", "Area 2", ""});
            service.peer_group = m_dice.one_of<std::string>({"urban", "rural", ""});
            const Day aimed_at{m_dice.one_of(m_options.as_at)};
            if (i % 2 == 1) service.prescribing_from = aimed_at - days{m_dice.between(10, 70)};
            m_records.services.push_back(service);
        }
    }

    void make_client(int number) {
        const std::string client = client_id(number);
        if (!m_dice.chance(3)) m_records.clients.push_back(client);
        RandomPerson(m_dice, m_options, m_records, client).live(number);
    }

    std::string client_id(int number) {
        if (m_options.layout == RandomLayout::varied && m_dice.chance(5))
            return fmt::format("{}{}", m_dice.one_of<std::string>({"C,", "c\"", "\xC3\x87", "C ", "-"}),
                               number);
        return fmt::format("C{}", number);
    }
};

}  // namespace

RandomRecords random_records(Dice& dice, const RandomExtractOptions& options) {
    return HistoryMaker(dice, options).make();
}

}  // namespace optimat::reference

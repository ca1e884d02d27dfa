#include "random_dice.hpp"
#include "reference_outcomes_life.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace optimat {
namespace reference {
namespace {

using std::chrono::days;

/// A file of a plain extract: no quotes, LF.
struct PlainFile {
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

class OutcomeRecordMaker {
  public:
    OutcomeRecordMaker(const std::filesystem::path& folder, std::uint64_t seed,
                       const std::vector<std::chrono::year_month_day>& as_at)
        : m_folder(folder), m_dice(seed) {
        m_as_at.assign(as_at.begin(), as_at.end());
        for (const char* name :
             {"services", "clients", "episodes", "prescriptions", "tops", "drug_screens", "events"})
            load(name);
    }

    void make() {
        give_kinds();
        for (int number = 0; number < people; ++number)
            live(fmt::format("O{:02}", number), number);
        fill_episodes();
        fill_prescriptions();
        std::vector<std::string> clients;
        for (const Row& client : m_files["clients"].rows)
            clients.push_back(client.at("client_id"));
        for (const std::string& client : clients)
            add_anything(client);
        for (const auto& [name, file] : m_files)
            save(name, file);
    }

  private:
    static constexpr int people = 96;
    using Texts = std::vector<std::string>;

    void load(const std::string& name) {
        std::istringstream text(read_text(m_folder / (name + ".csv")));
        std::string line;
        std::getline(text, line);
        PlainFile& file = m_files[name];
        file.columns = cells_of(line);
        while (std::getline(text, line)) {
            const auto cells = cells_of(line);
            Row& row = file.rows.emplace_back();
            for (std::size_t i = 0; i < cells.size(); ++i)
                row[file.columns[i]] = cells[i];
        }
    }

    void save(const std::string& name, const PlainFile& file) {
        std::vector<std::string> columns = file.columns;
        for (const Row& row : file.rows)
            for (const auto& [column, cell] : row)
                if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
        std::ofstream stream(m_folder / (name + ".csv"), std::ios::binary);
        stream << fmt::format("{}\n", fmt::join(columns, ","));
        for (const Row& row : file.rows) {
            Texts cells;
            for (const std::string& column : columns)
                cells.push_back(row.contains(column) ? row.at(column) : "");
            stream << fmt::format("{}\n", fmt::join(cells, ","));
        }
    }

    std::string text(Day day) { return reference_date_text(day); }
    std::string any_id() { return fmt::format("X{}", (++m_number) * 7919 % 100'003); }
    std::string any_service() { return fmt::format("S{}", m_dice.between(1, 5)); }
    Day any_date() { return m_dice.one_of(m_as_at); }
    /// A day in the months of the dates, on their edges oftener than not.
    Day any_day() {
        const Day date = any_date();
        const std::chrono::year_month_day of{date};
        return m_dice.one_of<Day>({date, date - days{1}, date + days{1}, Day{of.year() / of.month() / 1},
                                   date - days{m_dice.between(0, 27)}, date - days{m_dice.between(0, 60)}});
    }
    long beside() { return m_dice.between(-1, 1); }

    Row& add(const std::string& file, const Row& row) { return m_files[file].rows.emplace_back(row); }
    void add_event(const std::string& client, Day day, const std::string& kind) {
        add("events", {{"client_id", client}, {"date", text(day)}, {"kind", kind}});
    }
    void add_top(const std::string& client, Day day, const std::string& stage,
                 const std::string& opiate_days) {
        add("tops", {{"top_id", any_id()},
                     {"client_id", client},
                     {"date", text(day)},
                     {"stage", stage},
                     {"setting", m_dice.one_of<std::string>({"community", "community", "", "secure"})},
                     {"opiate_days", opiate_days}});
    }
    Row& add_episode(const std::string& client, Day start, std::optional<Day> end,
                     const std::string& reason) {
        return add("episodes", {{"episode_id", any_id()},
                                {"client_id", client},
                                {"service_id", any_service()},
                                {"start_date", text(start)},
                                {"end_date", end ? text(std::max(start, *end)) : ""},
                                {"end_reason", end ? reason : ""}});
    }
    struct Given {
        std::string medicine, dose, service;
        Day start;
        std::optional<Day> end;
    };
    Row& prescribe(const std::string& client, const Given& given) {
        return add("prescriptions", {{"prescription_id", any_id()},
                                     {"client_id", client},
                                     {"service_id", given.service},
                                     {"medicine", given.medicine},
                                     {"daily_dose_mg", given.dose},
                                     {"start_date", text(given.start)},
                                     {"end_date", given.end ? text(std::max(given.start, *given.end)) : ""}});
    }
    std::string any_medicine() {
        return m_dice.one_of<std::string>({"methadone", "methadone", "methadone", "buprenorphine",
                                           "buprenorphine_lyophilisate", "buprenorphine_monthly",
                                           "buprenorphine_sublocade", "morphine_sr"});
    }
    std::string any_dose() {
        return m_dice.one_of<std::string>({"60", "59.999", "12", "96", "100", "30", ""});
    }
    std::string any_reason() {
        return m_dice.one_of<std::string>({"completed_drug_free", "completed_occasional_user",
                                           "transferred_not_in_custody", "transferred_in_custody",
                                           "dropped_out", "withdrawn_by_provider", "retained_in_custody",
                                           "declined_by_client", "other", ""});
    }

    void give_kinds() {
        const Texts kinds = {"community", "prison", "inpatient", "shared_care", ""};
        for (std::size_t i = 0; i < m_files["services"].rows.size(); ++i)
            m_files["services"].rows[i]["kind"] = kinds[i % kinds.size()];
    }

    void live(const std::string& client, int number) {
        add("clients", {{"client_id", client}});
        switch (number % 8) {
        case 0:
        case 1:
            return start(client);
        case 2:
        case 3:
            return detoxify(client);
        case 4:
            return come_and_go(client);
        case 5:
            return wait(client);
        case 6:
            return release(client);
        default:
            return come_to_harm(client);
        }
    }

    // rule induction: cover to day 27, 28 or 29 or for half a year; then an end of one kind on the edge of
    // what is near, a return, a death. Some begin so that a date is the first on which it is not too early.
    void start(const std::string& client) {
        const Day told = any_date() - days{m_dice.one_of<long>({27, 183}) + beside()};
        const Day first = m_dice.chance(75) ? any_day() : told - days{m_dice.one_of<long>({0, 4, 7, 14})};
        const std::string medicine = any_medicine(), service = any_service();
        if (m_dice.chance(40)) {
            const Day left = months_before(first, 12) + days{beside()};
            prescribe(client, {medicine, any_dose(), any_service(), left - days{40}, left});
        }
        const auto length = m_dice.one_of<long>({5, 26, 27, 28, 40, 100, 181, 182, 183, 184, 400});
        const Day pause = first + days{m_dice.one_of<long>({10, 20, 25, 26})};
        if (m_dice.chance(30) && length > 20) {
            prescribe(client, {medicine, any_dose(), service, first, pause});
            prescribe(client, {medicine, any_dose(), service, pause + days{m_dice.between(1, 16)},
                               first + days{length - 1}});
        } else {
            prescribe(client, {medicine, any_dose(), service, first, first + days{length - 1}});
        }
        leave(client, first, first + days{length - 1});
    }

    Day months_before(Day day, int months) { return plus_months(day, -months); }

    void leave(const std::string& client, Day first, Day last) {
        if (m_dice.chance(70))
            add_episode(client, first - days{m_dice.between(0, 40)},
                        last + days{m_dice.one_of<long>({-8, -7, 0, 0, 28, 29})}, any_reason());
        if (m_dice.chance(25))
            add_episode(client, first, last + days{m_dice.one_of<long>({-7, 0, 28})}, any_reason());
        if (m_dice.chance(25))
            add_event(client, last + days{m_dice.one_of<long>({0, 3, 4, 5, 7, 8, 14, 15, 89, 90, 91})},
                      "death");
        else if (m_dice.chance(50))
            prescribe(client, {any_medicine(), any_dose(), any_service(),
                               last + days{m_dice.one_of<long>({6, 16, 89, 90, 91, 120})},
                               last + days{m_dice.between(121, 200)}});
        if (m_dice.chance(40))
            add_event(client,
                      m_dice.one_of<Day>({last, last + days{1}, months_before(last, 24) + days{beside()}}),
                      "naloxone_supplied");
    }

    // rule detoxification: maintenance, then a plan or a recorded course, to the edges of three months, of
    // the exit dose and of what comes after.
    void detoxify(const std::string& client) {
        const Day first = m_dice.chance(75) ? any_day() - days{m_dice.one_of<long>({0, 0, 30, 60, 90, 100})}
                                            : months_before(any_date(), 3) + days{beside()};
        const Day allowed = plus_months(first, 3);
        const std::string medicine = m_dice.chance(75) ? "methadone" : any_medicine();
        const std::string service = any_service();
        const bool methadone = medicine == "methadone";
        if (m_dice.chance(85))
            prescribe(client, {medicine, any_dose(), service, first - days{m_dice.between(30, 200)},
                               first - days{m_dice.one_of<long>({1, 1, 1, 1, 3, 6})}})["regime"] = "stable";
        const Day last =
            m_dice.one_of<Day>({allowed + days{beside()}, allowed + days{m_dice.between(2, 9)},
                                first + days{m_dice.between(5, 80)}, first + days{m_dice.between(5, 80)}});
        const Day step = first + days{std::max<long>(1, (last - first).count() / 2)};
        const std::string exit = methadone ? m_dice.one_of<std::string>({"10", "10", "10.001", "5", ""})
                                           : m_dice.one_of<std::string>({"2", "2.001", "0.4"});
        course(client, {medicine, "30", service, first, step - days{1}}, first, allowed);
        const auto pause = m_dice.one_of<long>({0, 0, 0, 3});
        course(client, {medicine, exit, service, step + days{pause}, last}, first, allowed);
        if (m_dice.chance(25))
            prescribe(client, {medicine, "40", service, last + days{m_dice.one_of<long>({1, 1, 4})},
                               last + days{m_dice.between(5, 60)}})["regime"] = "stable";
        after_course(client, first, last);
    }

    void course(const std::string& client, const Given& given, Day first, Day allowed) {
        Row& row = prescribe(client, given);
        if (m_dice.chance(60)) {
            row["regime"] = "detox";
            return;
        }
        row["target_dose_mg"] = "0";
        row["target_date"] = text(m_dice.one_of<Day>({allowed, allowed, allowed - days{20}}));
        if (m_dice.chance(50))
            row["plan_start"] = text(first + days{m_dice.one_of<long>({0, 0, -10, -20, 5})});
    }

    void after_course(const std::string& client, Day first, Day last) {
        const Day half_year = plus_months(last, 6);
        for (const char* kind : {"recovery_support", "mutual_aid", "rehab_admission", "naloxone_supplied",
                                 "medical_review", "keywork", "inpatient_admission"})
            if (m_dice.chance(25))
                add_event(client,
                          m_dice.one_of<Day>(
                              {first, first - days{1}, last, last + days{1}, half_year, half_year + days{1}}),
                          kind);
        const auto back = m_dice.one_of<long>({0, 0, 0, 28, 29, 60});
        if (back != 0)
            prescribe(client, {"methadone", "40", any_service(), last + days{back}, last + days{back + 30}});
        if (m_dice.chance(20)) {
            const Day start = half_year + days{beside()};
            prescribe(client, {"methadone", "40", any_service(), start, start + days{30}});
        }
        if (m_dice.chance(20))
            add_event(client,
                      m_dice.one_of<Day>(
                          {last + days{4}, last + days{5}, last + days{40}, half_year + days{beside()}}),
                      "death");
        if (m_dice.chance(50))
            add_episode(client, first - days{100}, last + days{m_dice.one_of<long>({-8, -7, 0, 28, 29})},
                        any_reason());
        for (int i = 0; i < 2; ++i)
            if (m_dice.chance(40))
                add_top(client,
                        m_dice.one_of<Day>({first, last, last + days{1}, first + days{10},
                                            months_before(first, 3) + days{m_dice.between(0, 1)}}),
                        "review", m_dice.one_of<std::string>({"0", "0", "5"}));
    }

    // rules journey, outcome/successful-completion, outcome/re-presentation: episodes 20 to 22 days apart,
    // exits on the edges of the windows, returns on those of six months.
    void come_and_go(const std::string& client) {
        const Day end = m_dice.one_of<Day>({any_day(), months_before(any_date(), 12) + days{beside()},
                                            months_before(any_date(), 6) + days{beside()}});
        const Day start = end - days{m_dice.between(30, 200)};
        const std::string reason = m_dice.chance(70) ? "completed_drug_free" : any_reason();
        add_episode(client, start, end, reason);
        if (m_dice.chance(40)) {
            const Day before = start - days{m_dice.one_of<long>({20, 21, 22})};
            add_episode(client, before - days{30}, before, any_reason());
        }
        if (m_dice.chance(25)) add_episode(client, start, end - days{m_dice.between(0, 3)}, any_reason());
        if (m_dice.chance(50)) {
            const Day back = m_dice.one_of<Day>({end + days{20}, end + days{21}, end + days{22},
                                                 plus_months(end, 6) + days{beside()}, end + days{90}});
            add_episode(client, back, m_dice.chance(50) ? std::optional{back + days{50}} : std::nullopt,
                        any_reason());
        }
        if (m_dice.chance(50))
            prescribe(client, {"methadone", "60", any_service(), start,
                               m_dice.chance(90) ? std::optional{end + days{beside()}} : std::nullopt});
        if (m_dice.chance(15)) prescribe(client, {"methadone", "60", "S1", end + days{1}, end + days{9}});
        if (m_dice.chance(15)) add_event(client, plus_months(end, 6) + days{beside()}, "death");
    }

    // outcome/waiting and outcome/change: first prescriptions some days after presentation, weekends and bank
    // holidays between; the TOP at the start about the first day that counts.
    void wait(const std::string& client) {
        const Day presented = m_dice.chance(75) ? any_day() : any_date() - days{21 + beside()};
        const Day start = presented + days{m_dice.between(0, 10)};
        Row& row =
            add_episode(client, start,
                        m_dice.chance(30) ? std::optional{start + days{m_dice.between(0, 90)}} : std::nullopt,
                        any_reason());
        row["presentation_date"] = text(presented);
        row["referral_date"] = text(start - days{m_dice.one_of<long>({-1, 0, 20, 21, 22, 50})});
        if (m_dice.chance(80)) {
            const Day first = presented + days{m_dice.one_of<long>({-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 20})};
            prescribe(client, {any_medicine(), any_dose(), any_service(), first,
                               first + days{m_dice.between(20, 300)}});
        }
        add_top(client, start + days{m_dice.one_of<long>({-29, -28, -27, 0, 3})}, "start",
                m_dice.one_of<std::string>({"0", "20", "20", "28", "3", ""}));
        if (m_dice.chance(60))
            add_top(client, start + days{m_dice.between(0, 200)}, m_dice.chance(80) ? "review" : "exit",
                    m_dice.one_of<std::string>({"0", "19", "20", "21", "28", "3", ""}));
        if (m_dice.chance(40))
            add_top(client, months_before(any_date(), 6) + days{beside()}, "review",
                    m_dice.one_of<std::string>({"0", "20", "28"}));
    }

    // outcome/continuity: released on MAT, the next cover outside so many days later.
    void release(const std::string& client) {
        const Day day = any_day();
        prescribe(client, {"methadone", "60", m_dice.chance(85) ? "S2" : any_service(), day - days{40},
                           day + days{m_dice.one_of<long>({-2, -1, 0, 0, 5})}});
        add_event(client, day, "prison_release");
        const auto delay = m_dice.one_of<long>({-1, 0, 1, 2, 3, 4, 7, 8, 21, 22, 40});
        if (m_dice.chance(75))
            prescribe(client, {"methadone", "60", m_dice.chance(85) ? "S1" : "S2", day + days{delay},
                               day + days{delay + m_dice.between(3, 100)}});
        if (m_dice.chance(20)) add_event(client, day + days{m_dice.one_of<long>({0, 2, 21, 22})}, "death");
    }

    // outcome/harm: overdoses and deaths about the end of cover, of the 28 days after and of the window.
    void come_to_harm(const std::string& client) {
        const Day last = any_day() - days{m_dice.one_of<long>({0, 30, 300, 365})};
        const auto length = m_dice.between(20, 400);
        prescribe(client, {any_medicine(), any_dose(), any_service(), last - days{length}, last});
        if (m_dice.chance(30))
            prescribe(client, {any_medicine(), any_dose(), any_service(), last - days{length / 2}, last});
        if (m_dice.chance(40)) {
            const Day again = last + days{m_dice.one_of<long>({6, 16, 20, 28, 29, 30})};
            prescribe(client, {any_medicine(), any_dose(), any_service(), again, again + days{30}});
        }
        for (int i = 0; i < 3; ++i)
            if (m_dice.chance(50))
                add_event(client,
                          m_dice.one_of<Day>({last + days{m_dice.one_of<long>({-5, 0, 1, 2, 4, 28, 29, 30})},
                                              months_before(any_date(), 12) + days{beside()}, any_day()}),
                          "overdose_non_fatal");
        if (m_dice.chance(40))
            add_event(client, last + days{m_dice.one_of<long>({0, 1, 2, 5, 28, 29, 30, 60})}, "death");
    }

    void fill_episodes() {
        for (Row& row : m_files["episodes"].rows) {
            row["opiate_client"] = m_dice.one_of<std::string>({"true", "true", "true", "false", ""});
            const Day start = Day{*reference_date(row.at("start_date"))};
            if (row["referral_date"].empty() && m_dice.chance(50))
                row["referral_date"] = text(start - days{m_dice.one_of<long>({-1, 0, 21, 22})});
            if (row["presentation_date"].empty() && m_dice.chance(30))
                row["presentation_date"] = text(start - days{m_dice.between(0, 6)});
            if (row["on_mat_at_start"].empty() && m_dice.chance(5)) row["on_mat_at_start"] = "true";
        }
    }

    void fill_prescriptions() {
        for (Row& row : m_files["prescriptions"].rows) {
            row["collection"] = m_dice.one_of<std::string>({"supervised_daily", "daily", ""});
            row["supervision"] = m_dice.one_of<std::string>({"", "", "all", "some", "none"});
        }
    }

    void add_anything(const std::string& client) {
        const Texts kinds = {"naloxone_supplied", "overdose_non_fatal", "prison_release", "keywork"};
        if (m_dice.chance(30)) add_event(client, any_day(), m_dice.one_of(kinds));
        if (m_dice.chance(15))
            add_event(client, months_before(any_date(), 24) + days{beside()}, "naloxone_supplied");
    }

    std::filesystem::path m_folder;
    Dice m_dice;
    std::vector<Day> m_as_at;
    std::map<std::string, PlainFile> m_files;
    int m_number = 0;
};

}  // namespace
}  // namespace reference

void add_outcome_records(const std::filesystem::path& extract, std::uint64_t seed,
                         const std::vector<std::chrono::year_month_day>& as_at) {
    reference::OutcomeRecordMaker(extract, seed, as_at).make();
}

}  // namespace optimat

#include "random_extract.hpp"

#include "random_histories.hpp"
#include "reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace optimat {
namespace reference {
namespace {

using Cells = std::vector<std::string>;

struct Table {
    std::string name;
    Cells columns;
    std::vector<Cells> rows;
};

std::string text(const std::optional<Day>& day) { return day ? reference_date_text(*day) : ""; }

// 600005 with 4 decimals is 60.0005.
std::string decimal_text(long number, int decimals) {
    long unit = 1;
    for (int i = 0; i < decimals; ++i)
        unit *= 10;
    std::string fraction = fmt::format("{:0{}}", number % unit, decimals);
    while (fraction.ends_with('0'))
        fraction.pop_back();
    return fmt::format("{}{}{}", number / unit, fraction.empty() ? "" : ".", fraction);
}

// Cells that the contract does not take for what they say, or that refuse their row. random_extract.hpp:
// RandomFaults
struct Fault {
    std::string column, cell;
};

const std::vector<std::pair<std::string, std::vector<Fault>>> faults = {
    {"services.csv", {{"kind", "hostel"}}},
    {"clients.csv", {{"year_of_birth", "young"}, {"sex", "x"}}},
    {"episodes.csv",
     {{"client_id", ""},
      {"service_id", ""},
      {"start_date", ""},
      {"start_date", "2020-02-30"},
      {"end_date", "1900-01-01"},
      {"end_date", "31-12-9999"},
      {"end_reason", "Died"},
      {"on_mat_at_start", "yes"},
      {"referral_date", "2019-02-29"}}},
    {"prescriptions.csv",
     {{"daily_dose_mg", "0"},
      {"daily_dose_mg", "-60"},
      {"daily_dose_mg", "sixty"},
      {"daily_dose_mg", "1e308"},
      {"daily_dose_mg", "1000000.001"},
      {"daily_dose_mg", "1000000"},
      {"daily_dose_mg", "0.001"},
      {"daily_dose_ml", "60"},
      {"prescription_id", ""},
      {"client_id", ""},
      {"service_id", ""},
      {"medicine", ""},
      {"medicine", "Methadone"},
      {"start_date", ""},
      {"start_date", "2020-02-30"},
      {"start_date", "2020-13-01"},
      {"start_date", "1899-12-31"},
      {"start_date", "15/03/2020"},
      {"end_date", "1900-01-01"},
      {"end_date", "9999-12-31"},
      {"end_date", "31-12-9999"},
      {"end_date", "10000-01-01"},
      {"end_date", "2021-02-29"},
      {"regime", "Detox"},
      {"regime", "tapering"},
      {"target_dose_mg", "-1"},
      {"target_dose_mg", "none"},
      {"target_dose_mg", "0.0"},
      {"target_date", "2020-04-31"},
      {"target_date", "9999-12-31"},
      {"plan_start", "2020-00-10"},
      {"plan_start", "1900-01-01"},
      {"collection", "hourly"}}},
    {"tops.csv",
     {{"opiate_days", "29"},
      {"opiate_days", "-1"},
      {"opiate_days", "many"},
      {"date", ""},
      {"date", "2020-06-31"},
      {"client_id", ""},
      {"stage", "Start"},
      {"setting", "prison"},
      {"top_id", ""}}},
    {"drug_screens.csv",
     {{"illicit_opioid", "POS"},
      {"fentanyl_or_nitazene", "yes"},
      {"date", ""},
      {"date", "2021-06-31"},
      {"client_id", ""},
      {"setting", "prison"},
      {"screen_id", ""}}},
    {"events.csv",
     {{"date", ""}, {"date", "2020-02-31"}, {"kind", "Death"}, {"kind", ""}, {"client_id", ""}}},
};

class ExtractWriter {
  public:
    ExtractWriter(Dice& dice, const RandomExtractOptions& options) : m_dice(dice), m_options(options) {}

    void write(const std::filesystem::path& folder, const RandomRecords& records) {
        std::filesystem::create_directories(folder);
        for (Table table : {services(records), clients(records), episodes(records), prescriptions(records),
                            tops(records), screens(records), events(records)})
            write_table(folder, table);
        write_file(folder / "extract.toml",
                   fmt::format("organisation = \"Random people\"\ncovers_from = \"{}\"\ncovers_to = \"{}\"\n",
                               text(records.covers_from), text(records.covers_to)));
    }

  private:
    Dice& m_dice;
    const RandomExtractOptions& m_options;

    bool varied() const { return m_options.layout == RandomLayout::varied; }

    Table services(const RandomRecords& records) {
        Table table{"services.csv",
                    {"service_id", "name", "region", "area", "kind", "prescribing_from", "peer_group"},
                    {}};
        for (const Service& service : records.services)
            table.rows.push_back({service.id, "Service " + service.id, service.region, service.area,
                                  "community", text(service.prescribing_from), service.peer_group});
        return table;
    }

    Table clients(const RandomRecords& records) {
        Table table{"clients.csv", {"client_id", "year_of_birth", "sex"}, {}};
        for (const std::string& client : records.clients)
            table.rows.push_back({client, fmt::format("{}", m_dice.between(1950, 1999)),
                                  m_dice.one_of<std::string>({"female", "male", "other", "not_known", ""})});
        return table;
    }

    Table episodes(const RandomRecords& records) {
        Table table{"episodes.csv",
                    {"episode_id", "client_id", "service_id", "referral_date", "start_date", "end_date",
                     "end_reason", "opiate_client", "on_mat_at_start"},
                    {}};
        for (const Episode& episode : records.episodes)
            table.rows.push_back({fmt::format("E{}", table.rows.size()), episode.client_id,
                                  episode.service_id, "", text(episode.start), text(episode.end),
                                  episode.end_reason, "true", episode.on_mat_at_start});
        return table;
    }

    Table prescriptions(const RandomRecords& records) {
        Table table{"prescriptions.csv",
                    {"prescription_id", "client_id", "service_id", "medicine", "daily_dose_mg",
                     "daily_dose_ml", "strength_mg_per_ml", "start_date", "end_date", "regime",
                     "target_dose_mg", "target_date", "plan_start", "collection"},
                    {}};
        for (const Prescription& prescription : records.prescriptions) {
            const Cells dose = dose_cells(prescription.dose_micrograms);
            const auto target = prescription.target_dose_micrograms;
            table.rows.push_back({prescription.id, prescription.client_id, prescription.service_id,
                                  prescription.medicine, dose[0], dose[1], dose[2], text(prescription.start),
                                  text(prescription.end), prescription.regime,
                                  target ? decimal_text(*target, 3) : "", text(prescription.target_date),
                                  text(prescription.plan_start), "daily"});
        }
        return table;
    }

    // Milligrams, millilitres, strength. The finer ones round to the same microgram, half up.
    Cells dose_cells(std::optional<long> micrograms) {
        if (!micrograms) return {"", "", ""};
        if (!varied() || m_dice.chance(70)) return {decimal_text(*micrograms, 3), "", ""};
        if (m_dice.chance(40)) return {"", decimal_text(*micrograms, 3), "1"};
        const long tenths = *micrograms * 10 + m_dice.one_of<long>({0, -5, 4});
        if (m_dice.chance(50)) return {"", decimal_text(tenths, 5), "10"};
        return {decimal_text(tenths, 4), "", ""};
    }

    Table tops(const RandomRecords& records) {
        Table table{"tops.csv", {"top_id", "client_id", "date", "stage", "opiate_days", "setting"}, {}};
        for (const Top& top : records.tops)
            table.rows.push_back({fmt::format("T{}", table.rows.size()), top.client_id, text(top.date),
                                  top.stage, top.opiate_days ? fmt::format("{}", *top.opiate_days) : "",
                                  top.setting});
        return table;
    }

    Table screens(const RandomRecords& records) {
        Table table{
            "drug_screens.csv",
            {"screen_id", "client_id", "date", "sample", "illicit_opioid", "fentanyl_or_nitazene", "setting"},
            {}};
        for (const Screen& screen : records.screens)
            table.rows.push_back({fmt::format("U{}", table.rows.size()), screen.client_id, text(screen.date),
                                  "urine", screen.illicit_opioid, screen.fentanyl_or_nitazene,
                                  screen.setting});
        return table;
    }

    Table events(const RandomRecords& records) {
        Table table{"events.csv", {"client_id", "date", "kind", "detail"}, {}};
        for (const Event& event : records.events)
            table.rows.push_back({event.client_id, text(event.date), event.kind, ""});
        return table;
    }

    void write_table(const std::filesystem::path& folder, Table table) {
        const bool can_be_absent =
            table.name != "services.csv" && table.name != "clients.csv" && table.name != "prescriptions.csv";
        std::filesystem::remove(folder / table.name);
        if (varied() && can_be_absent && m_dice.chance(3)) return;
        if (varied()) vary(table);
        if (m_options.faults == RandomFaults::some) spoil(table);
        if (varied()) reorder_columns(table);
        m_dice.shuffle(table.rows);
        write_file(folder / table.name, csv(table));
    }

    void spoil(Table& table) {
        const auto known = std::find_if(faults.begin(), faults.end(),
                                        [&](auto& entry) { return entry.first == table.name; });
        const std::size_t whole = table.rows.size();
        for (std::size_t i = 0; i < whole; ++i)
            if (m_dice.chance(6)) set_cell(table, i, m_dice.one_of(known->second));
        for (std::size_t i = 0; i < whole; ++i) {
            if (m_dice.chance(3)) table.rows.push_back(table.rows[i]);
            if (m_dice.chance(2) && table.name == "prescriptions.csv") share_id(table, i);
        }
    }

    // One prescription's items printed under one number: another dose of the same, or another client's.
    void share_id(Table& table, std::size_t row) {
        Cells twin = m_dice.chance(50) ? table.rows[row] : m_dice.one_of(table.rows);
        twin[column_of(table, "prescription_id")] = table.rows[row][column_of(table, "prescription_id")];
        if (twin[column_of(table, "client_id")] == table.rows[row][column_of(table, "client_id")]) {
            twin = table.rows[row];
            twin[column_of(table, "daily_dose_mg")] = m_dice.one_of<std::string>({"0.4", "1", "", "30"});
            twin[column_of(table, "daily_dose_ml")] = twin[column_of(table, "strength_mg_per_ml")] = "";
        }
        table.rows.push_back(twin);
    }

    static std::size_t column_of(const Table& table, const std::string& column) {
        return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), column) -
                                        table.columns.begin());
    }

    static void set_cell(Table& table, std::size_t row, const Fault& fault) {
        table.rows[row][column_of(table, fault.column)] = fault.cell;
        if (fault.column == "daily_dose_mg") table.rows[row][column_of(table, "daily_dose_ml")] = "";
        if (fault.column != "daily_dose_ml") return;
        table.rows[row][column_of(table, "daily_dose_mg")] =
            table.rows[row][column_of(table, "strength_mg_per_ml")] = "";
    }

    void vary(Table& table) {
        for (Cells& row : table.rows)
            for (std::string& cell : row)
                if (cell.empty() && m_dice.chance(2)) cell = "NA";
        if (m_dice.chance(30)) {
            table.columns.push_back("remark");
            for (Cells& row : table.rows)
                row.push_back(m_dice.one_of<std::string>({"", "a, \"b\"", "two\nlines", "\xC3\xA9"}));
        }
    }

    void reorder_columns(Table& table) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            order.push_back(i);
        m_dice.shuffle(order);
        const auto reordered = [&](const Cells& cells) {
            Cells result;
            for (const std::size_t i : order)
                result.push_back(cells[i]);
            return result;
        };
        table.columns = reordered(table.columns);
        for (Cells& row : table.rows)
            row = reordered(row);
    }

    std::string csv(const Table& table) {
        const std::string newline = varied() && m_dice.chance(50) ? "\r\n" : "\n";
        std::string result = varied() && m_dice.chance(20) ? "\xEF\xBB\xBF" : "";
        result += csv_line(table.columns) + newline;
        for (const Cells& row : table.rows)
            result += csv_line(row) + newline;
        if (varied() && m_dice.chance(20)) result.resize(result.size() - newline.size());
        return result;
    }

    std::string csv_line(const Cells& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i)
            line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
        return line;
    }

    std::string csv_cell(const std::string& cell) {
        const bool must = cell.find_first_of(",\"\r\n") != std::string::npos;
        if (!must && !(varied() && m_dice.chance(5))) return cell;
        std::string quoted = "\"";
        for (const char c : cell)
            quoted += c == '"' ? "\"\"" : std::string(1, c);
        return quoted + "\"";
    }

    static void write_file(const std::filesystem::path& file, const std::string& content) {
        std::ofstream stream;
        stream.exceptions(std::ios::failbit | std::ios::badbit);
        stream.open(file, std::ios::binary);
        stream << content;
    }
};

}  // namespace
}  // namespace reference

void write_random_extract(const std::filesystem::path& folder, std::uint64_t seed,
                          const RandomExtractOptions& options) {
    reference::Dice dice(seed);
    const reference::RandomRecords records = reference::random_records(dice, options);
    reference::ExtractWriter(dice, options).write(folder, records);
}

}  // namespace optimat

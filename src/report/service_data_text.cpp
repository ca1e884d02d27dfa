#include "report/service_data_text.hpp"

#include "report/number_text.hpp"
#include "report/tracker_text.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

std::string bare_percent(std::int64_t part, std::int64_t whole) {
    return ratio_text(part * 100, whole, 2).value_or(std::string(no_figure));
}

std::string mean_text(const DoseSum& sum) { return mean_mg_text(sum, 2).value_or(std::string(no_figure)); }

/// The row's words, indented by its level, without what follows a colon.
std::string label_of(const ServiceDataRow& row) {
    return std::string(static_cast<std::size_t>(row.level) * 2, ' ') +
           std::string(row.words.substr(0, row.words.find(':')));
}

void add_columns(TextTable& table, std::initializer_list<std::string_view> heads) {
    for (const std::string_view head : heads)
        table.add_column(std::string(head), head == *heads.begin() ? Align::left : Align::right);
}

void add_spread(std::vector<std::string>& cells, const std::optional<Spread>& spread, double scale) {
    if (!spread) {
        cells.insert(cells.end(), 5, std::string(no_figure));
        return;
    }
    for (const double figure :
         {spread->lowest, spread->lower_quartile, spread->median, spread->upper_quartile, spread->highest})
        cells.push_back(decimal_text(figure * scale, 1));
}

std::string head_text(const std::string& what, const Place& place, Day date, const Terminal& terminal) {
    return paint(terminal, Ink::strong, cut_to(what + " · " + printable(place.name), terminal.width)) + '\n' +
           cut_to(fmt::format("{}, as at {}", printable(words_for(place)), long_date(date)), terminal.width) +
           "\n\n";
}

/// Whether a part of a stage has nobody in the whole organisation: it is left out of the tables, for calm.
bool is_empty(const ServiceDataSheet& sheet, std::size_t row) {
    return service_data_rows()[row].level != 0 && sheet.organisation[row].people == 0;
}

std::string shares_table(const ServiceDataSheet& sheet, const Terminal& terminal) {
    TextTable table(terminal);
    add_columns(table, {"", "People", "%", "Org. %", "Low", "Q1", "Med.", "Q3", "High"});
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (is_empty(sheet, i)) continue;
        std::vector<std::string> cells = {
            label_of(rows[i]), count_text(sheet.cells[i].people),
            bare_percent(sheet.cells[i].people, sheet.cells[0].people),
            bare_percent(sheet.organisation[i].people, sheet.organisation[0].people)};
        add_spread(cells, sheet.services[i], 100);
        table.add_row(std::move(cells));
    }
    return table.text();
}

std::string means_table(const ServiceDataSheet& sheet, const Terminal& terminal) {
    TextTable table(terminal);
    add_columns(table, {"", "Methad.", "n", "Org.", "Bupren.", "n", "Org.", "Lyo.", "Inj.", "Other"});
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].has_means || is_empty(sheet, i)) continue;
        const ServiceDataCell& here = sheet.cells[i];
        const ServiceDataCell& all = sheet.organisation[i];
        table.add_row({label_of(rows[i]), mean_text(here.methadone), count_text(here.methadone.people),
                       mean_text(all.methadone), mean_text(here.buprenorphine),
                       count_text(here.buprenorphine.people), mean_text(all.buprenorphine),
                       count_text(here.lyophilisate), count_text(here.injections),
                       count_text(here.other_medicine)});
    }
    return table.text();
}

std::string ranges_table(const ServiceDataSheet& sheet, const Terminal& terminal) {
    TextTable table(terminal);
    add_columns(table, {"", "People", "Low", "Q1", "Median", "Q3", "High"});
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].level != 0) continue;
        for (const auto& [medicine, spread] :
             {std::pair("methadone", sheet.methadone[i]), std::pair("tablets", sheet.buprenorphine[i])}) {
            if (!spread) continue;
            std::vector<std::string> cells = {fmt::format("{}, {}", label_of(rows[i]), medicine),
                                              count_text(static_cast<std::int64_t>(spread->count))};
            add_spread(cells, spread, 1);
            table.add_row(std::move(cells));
        }
    }
    return table.text();
}

std::string counts_text(const ServiceDataSheet& sheet, const Terminal& terminal) {
    const auto of = [](std::int64_t part, const ServiceDataCell& all) {
        return fmt::format("{} ({})", people_text(part), percent_text(part, all.people, 2));
    };
    const ServiceDataCell& here = sheet.cells[0];
    const ServiceDataCell& all = sheet.organisation[0];
    return wrapped(fmt::format("Exactly on the threshold: {}; organisation {}.", of(here.on_threshold, here),
                               of(all.on_threshold, all)),
                   terminal.width, 2) +
           wrapped(fmt::format("Flagged as a high dose: {}; organisation {}.", of(here.high_dose, here),
                               of(all.high_dose, all)),
                   terminal.width, 2) +
           wrapped(
               fmt::format(
                   "Recorded as stable while the dose falls, so counted as reducing: {}; organisation {}.",
                   of(here.regime_conflicts, here), of(all.regime_conflicts, all)),
               terminal.width, 2);
}

}  // namespace

ServiceDataSheet service_data_sheet(const Extract& extract, const States& states, std::size_t date,
                                    const Policy& policy, const Place& place, ThreadCount threads) {
    const ServiceDataTable table = make_service_data(extract, states, date, policy, threads);
    ServiceDataSheet sheet{place,
                           states.dates[date],
                           table.at(place),
                           table.at(find_place(extract, PlaceKind::organisation, "")),
                           {},
                           {},
                           {}};
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sheet.services.push_back(spread_of_services(table, i));
        sheet.methadone.push_back(dose_range(extract, states, date, place, rows[i], Family::methadone));
        sheet.buprenorphine.push_back(
            dose_range(extract, states, date, place, rows[i], Family::buprenorphine));
    }
    return sheet;
}

void write_service_data_text(const ServiceDataSheet& sheet, const Provenance& provenance,
                             const Terminal& terminal, const TextSink& sink) {
    std::string text = head_text("Service data", sheet.place, sheet.date, terminal);
    text += wrapped(
        "People, % of all in MAT here and in the organisation, and how that % lies among the services",
        terminal.width);
    text += shares_table(sheet, terminal) + '\n' + counts_text(sheet, terminal) + '\n';
    text += wrapped("Mean dose in mg a day: methadone, buprenorphine tablets; n: people with a known dose",
                    terminal.width);
    text += means_table(sheet, terminal);
    text += wrapped(
        "  Lyo., Inj., Other: people on lyophilisate, injections and other opioids, not in the means.",
        terminal.width, 2);
    text += "\nDose range in mg a day, of known doses\n" + ranges_table(sheet, terminal) + '\n';
    text += paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
    sink(text);
}

void write_breakdown_text(const BreakdownSheet& sheet, const Provenance& provenance, const Terminal& terminal,
                          const TextSink& sink) {
    std::int64_t whole = 0;
    for (const BreakdownPart& part : sheet.parts)
        whole += part.cell.people;
    std::string text = head_text(fmt::format("Service data, row {} by {}", sheet.row->id, text_of(sheet.by)),
                                 sheet.place, sheet.date, terminal);
    text += wrapped(fmt::format("{} in this row; % of them; mean doses in mg a day", people_text(whole)),
                    terminal.width);
    TextTable table(terminal);
    add_columns(table, {"Part", "People", "%", "Methadone", "n", "Buprenorphine", "n"});
    for (const BreakdownPart& part : sheet.parts)
        table.add_row({cut_to(printable(part.part), 32), count_text(part.cell.people),
                       bare_percent(part.cell.people, whole), mean_text(part.cell.methadone),
                       count_text(part.cell.methadone.people), mean_text(part.cell.buprenorphine),
                       count_text(part.cell.buprenorphine.people)});
    text += table.text() + '\n' +
            paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
    sink(text);
}

}  // namespace optimat

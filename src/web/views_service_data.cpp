#include "web/views_service_data.hpp"

#include "report/number_text.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view breakdown_words[] = {
    "prescriber", "team",     "keyworker",         "medicine",
    "sex",        "age band", "time in treatment", "how it is collected"};
static_assert(std::size(breakdown_words) == breakdown_count);

DataCell people_cell(Context& context, const PageChoice& choice, std::int64_t people,
                     const Selection& selection) {
    DataCell cell = DataCell::count(people);
    if (people > 0) cell.link = people_link(context, choice, selection);
    return cell;
}

void append_spread(std::vector<DataCell>& row, const std::optional<Spread>& spread) {
    for (double Spread::*figure : {&Spread::lowest, &Spread::lower_quartile, &Spread::median,
                                   &Spread::upper_quartile, &Spread::highest})
        row.push_back(
            DataCell::decimal(spread ? std::optional((*spread).*figure) : std::nullopt, CellKind::share));
}

void append_means(std::vector<DataCell>& row, const ServiceDataCell& cell, bool has_means) {
    for (const DoseSum* sum : {&cell.methadone, &cell.buprenorphine}) {
        row.push_back(has_means ? DataCell::mean(*sum) : DataCell::nothing());
        row.push_back(has_means ? DataCell::count(sum->people) : DataCell::nothing());
    }
}

void append_counts(std::vector<DataCell>& row, const ServiceDataCell& cell) {
    for (std::int64_t ServiceDataCell::*count :
         {&ServiceDataCell::lyophilisate, &ServiceDataCell::injections, &ServiceDataCell::other_medicine,
          &ServiceDataCell::on_threshold, &ServiceDataCell::high_dose, &ServiceDataCell::regime_conflicts})
        row.push_back(DataCell::count(cell.*count));
}

void append_mean_columns(DataTable& table, const std::string& prefix, const std::string& group) {
    table.columns.push_back({prefix + "mean_methadone_mg", "Methadone", CellKind::milligrams, group});
    table.columns.push_back({prefix + "methadone_people", "People", CellKind::count, group});
    table.columns.push_back({prefix + "mean_buprenorphine_mg", "Buprenorphine", CellKind::milligrams, group});
    table.columns.push_back({prefix + "buprenorphine_people", "People", CellKind::count, group});
}

void append_count_columns(DataTable& table) {
    const std::string group = "Of these people";
    for (const auto& [id, words] :
         std::initializer_list<std::pair<const char*, const char*>>{{"lyophilisate", "Wafers"},
                                                                    {"injections", "Injections"},
                                                                    {"other_medicine", "Other medicine"},
                                                                    {"on_threshold", "On the threshold"},
                                                                    {"high_dose", "High dose"},
                                                                    {"regime_conflicts", "Regime conflict"}})
        table.columns.push_back({id, words, CellKind::count, group});
}

DataTable empty_sheet() {
    DataTable table{"service_data", "People in MAT by stage, dose band and regime", "", {}, {}, 2};
    table.columns = {{"row", "Row", CellKind::words, ""},
                     {"words", "People in MAT", CellKind::words, ""},
                     {"people", "People", CellKind::count, ""},
                     {"share_of_all", "Here", CellKind::share, "Of all in MAT"},
                     {"organisation_people", "People, organisation", CellKind::count, "Of all in MAT"},
                     {"organisation_share_of_all", "Organisation", CellKind::share, "Of all in MAT"}};
    for (const auto& [id, words] : std::initializer_list<std::pair<const char*, const char*>>{
             {"services_lowest", "Lowest"},
             {"services_lower_quartile", "Lower quartile"},
             {"services_median", "Median"},
             {"services_upper_quartile", "Upper quartile"},
             {"services_highest", "Highest"}})
        table.columns.push_back({id, words, CellKind::share, "Share at the services"});
    append_mean_columns(table, "", "Mean dose here, mg");
    append_mean_columns(table, "organisation_", "Mean dose in the organisation, mg");
    append_count_columns(table);
    table.note = "Shares are of everybody in MAT at the place. Means are over people with a known dose: "
                 "methadone, and "
                 "buprenorphine tablets; wafers, injections and other medicines are counted instead. High "
                 "dose: above the "
                 "policy's. Regime conflict: recorded as stable while doses fall, and counted as reducing.";
    return table;
}

/// The row of another id; there always is one.
std::size_t place_of(std::string_view id) {
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].id == id) return i;
    throw std::logic_error("the service data have lost a row");
}

const Place& organisation_of(const Figures& figures) { return *figures.find_place("organisation"); }

DataTable sheet_table(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const ServiceDataTable& data = figures.service_data(choice.date);
    const auto rows = service_data_rows();
    const std::vector<ServiceDataCell> here = data.at(choice.place), all = data.at(organisation_of(figures));
    DataTable table = empty_sheet();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<DataCell> row = {DataCell::words(std::string(rows[i].id)),
                                     DataCell::words(full_words(rows[i])),
                                     people_cell(context, choice, here[i].people, InRow{&rows[i]}),
                                     DataCell::share(here[i].people, here[0].people),
                                     DataCell::count(all[i].people),
                                     DataCell::share(all[i].people, all[0].people)};
        append_spread(row, spread_of_services(data, i));
        append_means(row, here[i], rows[i].has_means);
        append_means(row, all[i], rows[i].has_means);
        append_counts(row, here[i]);
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable breakdown_table(Context& context, const PageChoice& choice, const ServiceDataDetail& detail) {
    const Figures& figures = context.figures();
    const auto parts = break_down(figures.extract(), figures.states(), choice.date, figures.policy(),
                                  choice.place, *detail.row, detail.by);
    DataTable table{
        "breakdown", fmt::format("{}, by {}", full_words(*detail.row), words_for(detail.by)), "", {}, {}, 1};
    std::string heading(words_for(detail.by));
    heading.front() = static_cast<char>(heading.front() - 'a' + 'A');
    table.columns = {{"part", heading, CellKind::words, ""},
                     {"people", "People", CellKind::count, ""},
                     {"share_of_row", "Share", CellKind::share, ""}};
    append_mean_columns(table, "", "Mean dose, mg");
    append_count_columns(table);
    std::int64_t whole = 0;
    for (const BreakdownPart& part : parts)
        whole += part.cell.people;
    for (const BreakdownPart& part : parts) {
        std::vector<DataCell> row = {
            DataCell::words(part.part),
            people_cell(context, choice, part.cell.people, InPart{detail.row, detail.by, part.part}),
            DataCell::share(part.cell.people, whole)};
        append_means(row, part.cell, true);
        append_counts(row, part.cell);
        table.rows.push_back(std::move(row));
    }
    table.note = fmt::format("The parts sum to {}.", people_text(whole));
    return table;
}

DataCell milligram_cell(Micrograms dose) { return {CellKind::milligrams, {}, dose.number, 1000, {}}; }

std::string mg_text(Micrograms dose) {
    return *ratio_text(dose.number, 1000, dose.number % 1000 == 0 ? 0 : 1);
}

std::string dose_note(const DoseDistribution& doses) {
    std::string note = fmt::format("{} with a known dose, {} without.", people_text(doses.known),
                                   people_text(doses.unknown));
    if (doses.threshold)
        note += fmt::format(" {} exactly on the threshold of {} mg.", people_text(doses.on_threshold),
                            mg_text(*doses.threshold));
    else
        note += " The policy has no threshold for this medicine.";
    return note + " Doses that nobody has are left out of the table.";
}

DataTable dose_table(Context& context, const PageChoice& choice, const ServiceDataDetail& detail) {
    const DoseDistribution doses = doses_at(context, choice, detail);
    DataTable table{"doses",
                    fmt::format("Doses of {}: {}", words_for(detail.family), full_words(*detail.row)),
                    dose_note(doses),
                    {},
                    {},
                    1};
    table.columns = {{"dose", "Dose", CellKind::words, ""},
                     {"from_mg", "From mg", CellKind::milligrams, ""},
                     {"to_mg", "To under mg", CellKind::milligrams, ""},
                     {"people", "People", CellKind::count, ""},
                     {"share_of_known", "Share", CellKind::share, ""},
                     {"side", "Threshold", CellKind::words, ""}};
    for (const DoseBin& bin : doses.bins) {
        if (bin.people == 0) continue;
        const char* side = bin.from < doses.threshold.value_or(Micrograms{0}) ? "below" : "at or above";
        table.rows.push_back(
            {DataCell::words(fmt::format("{} to under {} mg", mg_text(bin.from), mg_text(bin.to))),
             milligram_cell(bin.from), milligram_cell(bin.to), DataCell::count(bin.people),
             DataCell::share(bin.people, doses.known),
             doses.threshold ? DataCell::words(side) : DataCell::nothing()});
    }
    if (doses.unknown > 0)
        table.rows.push_back({DataCell::words("not known"), DataCell::nothing(), DataCell::nothing(),
                              DataCell::count(doses.unknown), DataCell::nothing(), DataCell::nothing()});
    return table;
}

/// How a row stands: `17.8 % are … (organisation 15.2 %)`.
std::string standing(const ServiceDataTable& data, const std::vector<ServiceDataCell>& here,
                     const std::vector<ServiceDataCell>* all, std::string_view id, std::string_view words) {
    const std::size_t row = place_of(id);
    std::string text =
        fmt::format("{} {}", percent_text(here[row].people, here[0].people, shown_decimals), words);
    const auto spread = spread_of_services(data, row);
    if (all != nullptr)
        text += fmt::format(" (organisation {})",
                            percent_text((*all)[row].people, (*all)[0].people, shown_decimals));
    else if (spread)
        text +=
            fmt::format(" (half of services {} to {})", percent_text(spread->lower_quartile, shown_decimals),
                        percent_text(spread->upper_quartile, shown_decimals));
    return text;
}

std::string sentence_of(const Figures& figures, const PageChoice& choice) {
    const ServiceDataTable& data = figures.service_data(choice.date);
    const std::vector<ServiceDataCell> here = data.at(choice.place), all = data.at(organisation_of(figures));
    if (here[0].people == 0) return "Nobody is in MAT here on this day.";
    const auto* beside = choice.place.kind == PlaceKind::organisation ? nullptr : &all;
    return fmt::format("Of {} in MAT, {}, {}, and {}.", people_text(here[0].people),
                       standing(data, here, beside, "mat2_below", "use on top and are below the threshold"),
                       standing(data, here, beside, "mat3_at_or_above", "do not use and are at or above it"),
                       standing(data, here, beside, "uncategorised", "have no recent TOP or drug screen"));
}

}  // namespace

std::string ServiceDataDetail::query() const {
    return fmt::format("row={}&by={}&family={}", row->id, text_of(by), text_of(family));
}

ServiceDataDetail read_service_data_detail(const Context& context) {
    ServiceDataDetail detail{&service_data_rows().front()};
    const auto refuse = [](std::string_view what) {
        throw HttpError(
            400,
            fmt::format("The address names a {} that is not there. Go back and choose from the list.", what));
    };
    if (const std::string text = context.parameter("row"); !text.empty()) {
        const auto rows = service_data_rows();
        detail.row = nullptr;
        for (const ServiceDataRow& row : rows)
            if (row.id == text) detail.row = &row;
        if (detail.row == nullptr) refuse("row");
    }
    if (const std::string text = context.parameter("by"); !text.empty()) {
        std::size_t by = 0;
        while (by < breakdown_count && text_of(static_cast<Breakdown>(by)) != text)
            ++by;
        if (by == breakdown_count) refuse("breakdown");
        detail.by = static_cast<Breakdown>(by);
    }
    if (const std::string text = context.parameter("family"); !text.empty()) {
        std::size_t family = 0;
        while (family < family_count && text_of(static_cast<Family>(family)) != text)
            ++family;
        if (family == family_count) refuse("medicine");
        detail.family = static_cast<Family>(family);
    }
    return detail;
}

PageFigures service_data_figures(Context& context, const PageChoice& choice,
                                 const ServiceDataDetail& detail) {
    const Figures& figures = context.figures();
    return {fmt::format("Service data: {}", place_and_day(figures, choice)),
            {{"place", choice.place_key},
             {"place_name", choice.place.name},
             {"month", month_key(choice.day(figures))},
             {"row", std::string(detail.row->id)},
             {"by", std::string(text_of(detail.by))},
             {"family", std::string(text_of(detail.family))}},
            {sheet_table(context, choice), breakdown_table(context, choice, detail),
             dose_table(context, choice, detail)},
            sentence_of(figures, choice)};
}

std::string full_words(const ServiceDataRow& row) {
    if (row.level == 0) return std::string(row.words);
    const auto rows = service_data_rows();
    std::string words;
    for (const ServiceDataRow& whole : rows) {
        const bool stage = whole.level == 0 && whole.stage == row.stage;
        const bool band = row.level == 2 && whole.level == 1 && !whole.regime && whole.stage == row.stage &&
                          whole.band == row.band;
        if (stage || band) words += fmt::format("{}, ", whole.words);
    }
    return words + std::string(row.words);
}

std::string_view words_for(Breakdown breakdown) {
    return breakdown_words[static_cast<std::size_t>(breakdown)];
}

DoseDistribution doses_at(Context& context, const PageChoice& choice, const ServiceDataDetail& detail) {
    const Figures& figures = context.figures();
    return dose_distribution(figures.extract(), figures.states(), choice.date, figures.policy(), choice.place,
                             *detail.row, detail.family);
}

}  // namespace optimat

#include "web/views_compare.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace optimat {

namespace {

/// Measures that are the share of one group of the tracker.
constexpr std::pair<std::string_view, TrackerGroup> group_measures[] = {
    {"red_share", TrackerGroup::red},
    {"amber_share", TrackerGroup::amber},
    {"green_share", TrackerGroup::green},
    {"grey_share", TrackerGroup::grey},
    {"mat1_share", TrackerGroup::mat1},
    {"mat4_share", TrackerGroup::mat4},
    {"uncategorised_share", TrackerGroup::uncategorised}};

std::string service_key(const Extract& extract, std::size_t service) {
    return "service:" + extract.services[service].service_id;
}

bool is_own(const CompareChoice& choice, std::size_t service) {
    return std::ranges::binary_search(choice.own, service);
}

/// The people of the numerator, where the lists have such a group.
std::optional<Selection> selection_of(const ComparableMeasure& measure) {
    for (const auto& [id, group] : group_measures)
        if (measure.id == id) return InGroup{group};
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"mat2_share", "mat2"}, {"mat3_share", "mat3"}, {"mat2_reducing_share", "mat2_reducing"}};
    for (const auto& [id, wanted] : rows)
        if (measure.id == id)
            for (const ServiceDataRow& row : service_data_rows())
                if (row.id == wanted) return InRow{&row};
    return std::nullopt;
}

/// Where a mean lies: of means there is no funnel.
std::string_view mean_position(const Interval& interval, double pooled) {
    if (interval.low > pooled) return "higher than all together";
    if (interval.high < pooled) return "lower than all together";
    return "its interval holds the mean of all";
}

DataCell value_cell(const MeasureSums& sums, const ComparableMeasure& measure) {
    if (measure.kind == MeasureKind::share) return DataCell::share(sums.numerator, sums.denominator);
    return DataCell::mean({sums.micrograms, sums.denominator});
}

CellKind kind_of(const ComparableMeasure& measure) {
    return measure.kind == MeasureKind::share ? CellKind::share : CellKind::milligrams;
}

DataCell position_cell(const ComparedService& service, const Comparison& comparison) {
    if (service.position) return DataCell::words(std::string(words_for(*service.position)));
    if (comparison.measure->kind == MeasureKind::mean_dose && service.interval)
        return DataCell::words(std::string(mean_position(*service.interval, *comparison.pooled_value)));
    return DataCell::nothing();
}

void append_numbers(std::vector<DataCell>& row, const MeasureSums& sums, const ComparableMeasure& measure) {
    row.push_back(DataCell::count(sums.numerator));
    row.push_back(DataCell::count(sums.denominator));
    const auto interval = sums.interval(measure.kind);
    const auto end = [&](double Interval::*member) {
        return DataCell::decimal(interval ? std::optional((*interval).*member) : std::nullopt,
                                 kind_of(measure));
    };
    row.push_back(value_cell(sums, measure));
    row.push_back(end(&Interval::low));
    row.push_back(end(&Interval::high));
}

void link_people(Context& context, const CompareChoice& choice, std::vector<DataCell>& row,
                 std::size_t service) {
    const Figures& figures = context.figures();
    PageChoice at;
    at.place_key = service_key(figures.extract(), service);
    const Place* place = figures.find_place(at.place_key);
    if (place == nullptr) return;
    at.place = *place;
    at.date = choice.date;
    row[0].link = fmt::format("/tracker?{}", at.query(figures));
    const auto selection = selection_of(*choice.measure);
    if (selection && row[1].kind == CellKind::count && row[1].numerator > 0)
        row[1].link = people_link(context, at, *selection);
    if (row[8].kind == CellKind::count && row[8].numerator > 0)
        row[8].link = people_link(context, at, InMat{});
}

std::vector<DataColumn> number_columns(const ComparableMeasure& measure) {
    const bool share = measure.kind == MeasureKind::share;
    return {{"numerator", "People", CellKind::count, ""},
            {"denominator", "Of", CellKind::count, ""},
            {"value", share ? "Share" : "Mean mg", kind_of(measure), ""},
            {"low", "From", kind_of(measure), "95 % interval"},
            {"high", "To", kind_of(measure), "95 % interval"}};
}

std::vector<ComparedService> by_name(const Comparison& comparison, const Extract& extract) {
    std::vector<ComparedService> services = comparison.services;
    std::ranges::stable_sort(services, {}, [&](const ComparedService& service) -> const std::string& {
        return extract.services[service.service].name;
    });
    return services;
}

DataTable service_table(Context& context, const CompareChoice& choice, const Comparison& comparison) {
    const Extract& extract = context.figures().extract();
    const ComparableMeasure& measure = *choice.measure;
    DataTable table = empty_compare_table(measure);
    for (const ComparedService& service : by_name(comparison, extract)) {
        std::vector<DataCell> row = {DataCell::words(extract.services[service.service].name)};
        append_numbers(row, service.sums, measure);
        row.push_back(position_cell(service, comparison));
        row.push_back(DataCell::words(is_own(choice, service.service) ? "own service" : ""));
        row.push_back(DataCell::count(service.sums.in_mat));
        // Two services may have one name.
        row.push_back(DataCell::words(extract.services[service.service].service_id));
        link_people(context, choice, row, service.service);
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string whose(Context& context, const CompareChoice& choice) {
    return choice.peers.kind == PlaceKind::organisation ? context.figures().extract().organisation
                                                        : choice.peers.name;
}

DataTable together_table(Context& context, const CompareChoice& choice, const Comparison& comparison) {
    DataTable table = empty_together_table(*choice.measure);
    std::vector<DataCell> row = {DataCell::words(whose(context, choice)),
                                 DataCell::count(static_cast<std::int64_t>(comparison.services.size()))};
    append_numbers(row, comparison.pooled, *choice.measure);
    row.push_back(DataCell::count(comparison.pooled.in_mat));
    table.rows.push_back(std::move(row));
    return table;
}

/// `21.4 %`, `72.4 mg`.
std::string value_text(const DataCell& value) {
    return shown_text(value) + (value.kind == CellKind::milligrams ? " mg" : "");
}

/// A marked service's row of the table, in words.
std::string row_sentence(const std::vector<DataCell>& row, const ComparableMeasure& measure) {
    if (row[3].kind == CellKind::none) return fmt::format("{} has nobody to count.", row[0].text);
    std::string text = fmt::format("{}: {} ({}", row[0].text, value_text(row[3]),
                                   measure.kind == MeasureKind::share
                                       ? fmt::format("{} of {}", shown_text(row[1]), shown_text(row[2]))
                                       : people_text(row[2].numerator));
    const bool has_interval = row[4].kind == CellKind::share || row[4].kind == CellKind::milligrams;
    text +=
        has_interval ? fmt::format(", 95 % interval {} to {})", shown_text(row[4]), value_text(row[5])) : ")";
    return row[6].kind == CellKind::words ? fmt::format("{}, {}.", text, row[6].text) : text + ".";
}

/// How many of the services lie outside the limits; empty for a mean.
std::string outside_sentence(const Comparison& comparison) {
    if (comparison.measure->kind == MeasureKind::mean_dose) return {};
    std::int64_t counted_services = 0, beyond_95 = 0, beyond_998 = 0;
    for (const ComparedService& service : comparison.services) {
        if (!service.position) continue;
        ++counted_services;
        if (*service.position == FunnelPosition::high_998 || *service.position == FunnelPosition::low_998)
            ++beyond_998;
        else if (*service.position != FunnelPosition::inside)
            ++beyond_95;
    }
    return fmt::format(
        "{} of {} lie within the limits of chance, {} outside 95 %, {} of these outside 99.8 %.",
        counted_services - beyond_95 - beyond_998, counted(counted_services, "service"),
        beyond_95 + beyond_998, beyond_998);
}

constexpr std::size_t most_named = 3;

/// What the tables say.
std::string sentence_of(Context& context, const CompareChoice& choice, const Comparison& comparison,
                        const DataTable& services, const DataTable& together) {
    std::string text;
    std::size_t named = 0;
    for (const auto& row : services.rows)
        if (!row[7].text.empty() && ++named <= most_named) text += row_sentence(row, *choice.measure) + " ";
    const DataCell& all = together.rows.front()[4];
    if (all.kind == CellKind::share || all.kind == CellKind::milligrams)
        text += fmt::format("The people of {} taken together: {}. ", whose(context, choice), value_text(all));
    if (named == 0) text += outside_sentence(comparison) + " ";
    if (named == 0 && !choice.own.empty()) text += "The marked service is not among these. ";
    return text + std::string(words_for(choice.measure->better));
}

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(
        400,
        fmt::format("The address names a {} that is not there. Go back and choose from the list.", what));
}

/// The services the viewer belongs to, unless that is all of them.
std::vector<std::size_t> services_of(const User& user, const Extract& extract) {
    std::vector<std::size_t> own;
    if (user.whole_organisation) return own;
    for (const std::string& id : user.services)
        if (const ServiceIndex service = extract.find_service(id); service.has_value())
            own.push_back(*service);
    std::ranges::sort(own);
    return own;
}

const ComparableMeasure* read_measure(Context& context) {
    const std::string id = context.parameter("measure");
    if (id.empty()) return &comparable_measures().front();
    if (const ComparableMeasure* const measure = find_measure(id)) return measure;
    unknown("measure");
}

}  // namespace

std::string CompareChoice::query(const Figures& figures) const {
    return fmt::format("measure={}&month={}&peers={}&own={}", measure->id, month_key(figures.dates()[date]),
                       url_encode(peers_key), url_encode(own_key));
}

DataTable empty_compare_table(const ComparableMeasure& measure) {
    DataTable table{
        "compare", fmt::format("{}, {}, by name of the service", measure.words, measure.denominator),
        "",        {{"service", "Service", CellKind::words, ""}},
        {},        1};
    for (DataColumn& column : number_columns(measure))
        table.columns.push_back(std::move(column));
    table.columns.push_back(
        {"position", measure.kind == MeasureKind::share ? "On the funnel" : "Position", CellKind::words, ""});
    table.columns.push_back({"own", "Marked", CellKind::words, ""});
    table.columns.push_back({"in_mat", "List: in MAT", CellKind::count, ""});
    table.columns.push_back({"service_id", "Id", CellKind::words, ""});
    table.note = fmt::format("{} Services stand by name: small ones differ by chance, so this is no ranking.",
                             words_for(measure.better));
    return table;
}

DataTable empty_together_table(const ComparableMeasure& measure) {
    DataTable table{
        "together",
        "Their people taken together",
        "",
        {{"peers", "Services of", CellKind::words, ""}, {"services", "Services", CellKind::count, ""}},
        {},
        1};
    for (DataColumn& column : number_columns(measure))
        table.columns.push_back(std::move(column));
    table.columns.push_back({"in_mat", "List: in MAT", CellKind::count, ""});
    return table;
}

CompareChoice read_compare_choice(Context& context) {
    const Figures& figures = context.figures();
    CompareChoice choice{read_measure(context), figures.dates().size() - 1, {}, "organisation", {}, {}};
    if (const std::string month = context.parameter("month"); !month.empty()) {
        const auto date = figures.find_month(month);
        if (!date) unknown("month");
        choice.date = *date;
    }
    if (const std::string key = context.parameter("peers"); !key.empty()) choice.peers_key = key;
    const auto peers = find_any_place(context, choice.peers_key);
    if (!peers || peers->kind == PlaceKind::service) unknown("group of services");
    choice.peers = *peers;
    choice.own_key = context.parameter("own");
    if (choice.own_key.empty())
        choice.own = services_of(context.user().user, figures.extract());
    else {
        const Place* own = figures.find_place(choice.own_key);
        if (own == nullptr || own->kind != PlaceKind::service) unknown("service");
        choice.own = own->services;
    }
    context.audit.place = choice.peers_key;
    return choice;
}

Comparison comparison_at(Context& context, const CompareChoice& choice) {
    const Figures& figures = context.figures();
    return compare(figures.extract(), figures.states(), choice.date, choice.peers.services, *choice.measure);
}

PageFigures compare_figures(Context& context, const CompareChoice& choice) {
    const Figures& figures = context.figures();
    const Comparison comparison = comparison_at(context, choice);
    DataTable services = service_table(context, choice, comparison),
              together = together_table(context, choice, comparison);
    std::string sentence = sentence_of(context, choice, comparison, services, together);
    return {fmt::format("Compare: {}, {}", choice.measure->words, long_date(figures.dates()[choice.date])),
            {{"measure", std::string(choice.measure->id)},
             {"peers", choice.peers_key},
             {"peers_name", choice.peers.name},
             {"month", month_key(figures.dates()[choice.date])}},
            {std::move(services), std::move(together)},
            std::move(sentence)};
}

std::string_view words_for(FunnelPosition position) {
    switch (position) {
    case FunnelPosition::inside:
        return "within the limits of chance";
    case FunnelPosition::high_95:
        return "above the 95 % limit";
    case FunnelPosition::high_998:
        return "above the 99.8 % limit";
    case FunnelPosition::low_95:
        return "below the 95 % limit";
    case FunnelPosition::low_998:
        return "below the 99.8 % limit";
    }
    return {};
}

std::string_view words_for(BetterWhen better) {
    switch (better) {
    case BetterWhen::lower:
        return "Lower is better.";
    case BetterWhen::higher:
        return "Higher is better.";
    case BetterWhen::neither:
        return "Neither direction is better in itself.";
    }
    return {};
}

}  // namespace optimat

#include "measure_rows.hpp"

#include <cmath>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

/// Two decimals, half up; nothing stays nothing.
std::string two_decimals(std::optional<double> value) {
    if (!value) return {};
    constexpr double slack = 1e-7;  // a double may lie just below the half that it means
    return fmt::format("{:.2f}", std::floor(*value * 100 + 0.5 + slack) / 100);
}

std::string percent(std::optional<double> share) {
    return two_decimals(share ? std::optional(*share * 100) : std::nullopt);
}

std::vector<TrackerGroup> all_groups() {
    std::vector<TrackerGroup> groups;
    for (std::size_t i = 0; i < tracker_group_count; ++i)
        groups.push_back(static_cast<TrackerGroup>(i));
    return groups;
}

std::string place_text(const Place& place) {
    return place.kind == PlaceKind::organisation ? std::string(text_of(place.kind)) : place.id;
}

std::vector<std::string> row_ids() {
    std::vector<std::string> ids;
    for (const ServiceDataRow& row : service_data_rows())
        ids.emplace_back(row.id);
    return ids;
}

const ServiceDataTaken& taken(const CaseRun& run, int line) {
    run.states(line);
    if (!run.service_data) throw SpecError(line, "the When above took no service data");
    return *run.service_data;
}

const ServiceDataRow& row_named(int line, const std::string& id) {
    for (const ServiceDataRow& row : service_data_rows())
        if (row.id == id) return row;
    throw SpecError(line, fmt::format("there is no row '{}'; there are: {}", id, fmt::join(row_ids(), ", ")));
}

/// The code whose text it is. Throws SpecError when there is none below `end`.
template <class Enum> Enum value_named(int line, const std::string& text, std::size_t end) {
    for (std::size_t i = 0; i < end; ++i)
        if (text_of(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
    throw SpecError(line, fmt::format("there is no '{}'", text));
}

std::vector<std::string> texts_of(const std::optional<Spread>& spread) {
    if (!spread) return {"0", "", "", "", "", ""};
    return {std::to_string(spread->count),        two_decimals(spread->lowest),
            two_decimals(spread->lower_quartile), two_decimals(spread->median),
            two_decimals(spread->upper_quartile), two_decimals(spread->highest)};
}

std::vector<ResultColumn> columns_of_spread() {
    return {{"count", ColumnUse::value, {}},          {"lowest", ColumnUse::value, {}},
            {"lower_quartile", ColumnUse::value, {}}, {"median", ColumnUse::value, {}},
            {"upper_quartile", ColumnUse::value, {}}, {"highest", ColumnUse::value, {}}};
}

/// In percent.
std::optional<Spread> times_hundred(std::optional<Spread> spread) {
    if (!spread) return spread;
    for (double* figure : {&spread->lowest, &spread->lower_quartile, &spread->median, &spread->upper_quartile,
                           &spread->highest})
        *figure *= 100;
    return spread;
}

std::vector<std::string> texts_of(const ServiceDataCell& cell) {
    return {std::to_string(cell.people),
            two_decimals(cell.methadone.mean_mg()),
            two_decimals(cell.buprenorphine.mean_mg()),
            std::to_string(cell.lyophilisate),
            std::to_string(cell.injections),
            std::to_string(cell.other_medicine),
            std::to_string(cell.on_threshold),
            std::to_string(cell.high_dose),
            std::to_string(cell.regime_conflicts)};
}

std::vector<ResultColumn> columns_of_cell() {
    return {{"people", ColumnUse::value, {}},
            {"mean_methadone_mg", ColumnUse::value, {}},
            {"mean_buprenorphine_mg", ColumnUse::value, {}},
            {"lyophilisate", ColumnUse::value, {}},
            {"injections", ColumnUse::value, {}},
            {"other_medicine", ColumnUse::value, {}},
            {"on_threshold", ColumnUse::value, {}},
            {"high_dose", ColumnUse::value, {}},
            {"regime_conflicts", ColumnUse::value, {}}};
}

template <class Row> void append(std::vector<Row>& to, const std::vector<Row>& what) {
    to.insert(to.end(), what.begin(), what.end());
}

}  // namespace

std::vector<ResultColumn> tracker_columns() {
    std::vector<ResultColumn> columns = {{"as_at", ColumnUse::implied_key, {}},
                                         {"place", ColumnUse::implied_key, {}},
                                         {"label", ColumnUse::value, {}},
                                         {"in_mat", ColumnUse::value, {}}};
    for (const TrackerGroup group : all_groups())
        columns.push_back({std::string(text_of(group)), ColumnUse::value, {}});
    for (const TrackerGroup group :
         {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey}) {
        columns.push_back({fmt::format("{}_percent", text_of(group)), ColumnUse::value, {}});
        columns.push_back({fmt::format("{}_mean_mg", text_of(group)), ColumnUse::value, {}});
    }
    columns.push_back({"uncategorised_percent", ColumnUse::value, {}});
    columns.push_back({"mean_methadone_mg", ColumnUse::value, {}});
    return columns;
}

ResultTable tracker_rows(const CaseRun& run, int line) {
    run.states(line);
    if (!run.tracked) throw SpecError(line, "the When above did not track");
    ResultTable result{tracker_columns(), {}};
    const TrackerTable& table = run.tracked->table;
    for (std::size_t date = 0; date < table.dates.size(); ++date) {
        for (const Place& place : run.tracked->places) {
            const TrackerCell cell = table.at(date, place);
            std::vector<std::string> row = {to_text(table.dates[date]), place_text(place),
                                            column_label(table.dates[date]), std::to_string(cell.in_mat())};
            for (const TrackerGroup group : all_groups())
                row.push_back(std::to_string(cell.of(group)));
            for (const TrackerGroup group :
                 {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey}) {
                row.push_back(percent(cell.cohort_share(group)));
                row.push_back(two_decimals(cell.methadone_of(group).mean_mg()));
            }
            row.push_back(percent(cell.share_of_all(TrackerGroup::uncategorised)));
            row.push_back(two_decimals(cell.average_methadone().mean_mg()));
            result.rows.push_back(std::move(row));
        }
    }
    return result;
}

std::vector<ResultColumn> service_data_columns() {
    std::vector<ResultColumn> columns = {{"row", ColumnUse::key, row_ids()},
                                         {"percent", ColumnUse::value, {}}};
    append(columns, columns_of_cell());
    return columns;
}

ResultTable service_data_rows_of(const CaseRun& run, int line) {
    const ServiceDataTaken& data = taken(run, line);
    ResultTable result{service_data_columns(), {}};
    const auto cells = data.table.at(data.place);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::vector<std::string> row = {std::string(service_data_rows()[i].id),
                                        percent(share_of_all(cells, i))};
        append(row, texts_of(cells[i]));
        result.rows.push_back(std::move(row));
    }
    return result;
}

std::vector<ResultColumn> spread_columns() {
    std::vector<ResultColumn> columns = {{"row", ColumnUse::key, row_ids()}};
    append(columns, columns_of_spread());
    return columns;
}

ResultTable spread_rows(const CaseRun& run, int line) {
    const ServiceDataTaken& data = taken(run, line);
    ResultTable result{spread_columns(), {}};
    for (std::size_t i = 0; i < service_data_rows().size(); ++i) {
        std::vector<std::string> row = {std::string(service_data_rows()[i].id)};
        append(row, texts_of(times_hundred(spread_of_services(data.table, i))));
        result.rows.push_back(std::move(row));
    }
    return result;
}

std::vector<ResultColumn> breakdown_columns() {
    std::vector<ResultColumn> columns = {{"part", ColumnUse::key, {}}};
    append(columns, columns_of_cell());
    return columns;
}

ResultTable breakdown_rows(const CaseRun& run, int line, const std::string& row, const std::string& by) {
    const ServiceDataTaken& data = taken(run, line);
    ResultTable result{breakdown_columns(), {}};
    const auto breakdown = value_named<Breakdown>(line, by, breakdown_count);
    for (const BreakdownPart& part : break_down(run.extract(line), run.states(line), 0, run.policy(),
                                                data.place, row_named(line, row), breakdown)) {
        std::vector<std::string> texts = {part.part};
        append(texts, texts_of(part.cell));
        result.rows.push_back(std::move(texts));
    }
    return result;
}

std::vector<ResultColumn> dose_range_columns() { return columns_of_spread(); }

ResultTable dose_range_rows(const CaseRun& run, int line, const std::string& row, const std::string& family) {
    const ServiceDataTaken& data = taken(run, line);
    const auto range = dose_range(run.extract(line), run.states(line), 0, data.place, row_named(line, row),
                                  value_named<Family>(line, family, family_count));
    return {dose_range_columns(), {texts_of(range)}};
}

std::vector<ResultColumn> flow_columns() {
    std::vector<std::string> ends;
    for (std::size_t i = 0; i < flow_ends; ++i)
        ends.emplace_back(flow_end_text(i));
    return {{"from", ColumnUse::key, ends}, {"to", ColumnUse::key, ends}, {"people", ColumnUse::value, {}}};
}

ResultTable flow_rows(const CaseRun& run, int line) {
    run.states(line);
    if (!run.flows) throw SpecError(line, "the When above took no flows");
    ResultTable result{flow_columns(), {}};
    for (std::size_t from = 0; from < flow_ends; ++from)
        for (std::size_t to = 0; to < flow_ends; ++to)
            if (const auto people = run.flows->table.people[from][to]; people != 0)
                result.rows.push_back({std::string(flow_end_text(from)), std::string(flow_end_text(to)),
                                       std::to_string(people)});
    return result;
}

}  // namespace optimat::spec

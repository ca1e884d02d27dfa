#include "web/views_effect.hpp"

#include "report/number_text.hpp"
#include "report/review_texts.hpp"
#include "web/list_words.hpp"
#include "web/site.hpp"
#include "web/team_book.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

const std::vector<DataColumn> figure_columns = {
    {"days_after", "Days after", CellKind::count, ""},
    {"people", "People followed", CellKind::count, ""},
    {"too_early", "Too early to say", CellKind::count, ""},
    {"in_mat", "In MAT", CellKind::count, ""},
    {"not_in_mat", "Not in MAT", CellKind::count, ""},
    {"died", "Died", CellKind::count, ""},
    {"using_share", "Using on top, of those with evidence", CellKind::share, "Evidence since"},
    {"not_using_share", "Not using, of those", CellKind::share, "Evidence since"},
    {"no_evidence_share", "No evidence, of those in MAT", CellKind::share, "Evidence since"},
    {"mat1", "MAT 1", CellKind::count, "Stage"},
    {"mat2", "MAT 2", CellKind::count, "Stage"},
    {"mat3", "MAT 3", CellKind::count, "Stage"},
    {"mat4", "MAT 4", CellKind::count, "Stage"},
    {"uncategorised", "Uncategorised", CellKind::count, "Stage"},
    {"below_share", "Below threshold", CellKind::share, "Dose"},
    {"at_or_above_share", "At or above", CellKind::share, "Dose"},
    {"unbanded_share", "Not known", CellKind::share, "Dose"},
    {"mean_methadone_mg", "Mean methadone mg", CellKind::milligrams, "Dose"},
    {"dose_pairs", "Dose known then and now", CellKind::count, "Same medicine"},
    {"dose_higher", "Higher", CellKind::count, "Same medicine"},
    {"dose_lower", "Lower", CellKind::count, "Same medicine"},
    {"methadone_change_mg", "Mean change of methadone mg", CellKind::milligrams, "Same medicine"}};

std::vector<DataCell> figure_cells(const EffectPoint& point, std::int32_t days) {
    const auto of_mat = [&](std::int64_t part) { return DataCell::share(part, point.in_mat); };
    const auto band = [&](Band one) { return of_mat(point.bands[static_cast<std::size_t>(one)]); };
    std::vector<DataCell> cells = {DataCell::count(days),
                                   DataCell::count(point.people()),
                                   DataCell::count(point.too_early),
                                   DataCell::count(point.in_mat),
                                   DataCell::count(point.not_in_mat),
                                   DataCell::count(point.died),
                                   DataCell::share(point.using_on_top, point.with_evidence()),
                                   DataCell::share(point.not_using, point.with_evidence()),
                                   of_mat(point.no_evidence)};
    for (const std::int64_t people : point.stages)
        cells.push_back(DataCell::count(people));
    const DataCell doses[] = {band(Band::below),
                              band(Band::at_or_above),
                              band(Band::unknown),
                              DataCell::mean(point.methadone),
                              DataCell::count(point.dose_pairs),
                              DataCell::count(point.dose_higher),
                              DataCell::count(point.dose_lower),
                              DataCell::mean(point.methadone_change)};
    cells.insert(cells.end(), std::begin(doses), std::end(doses));
    return cells;
}

DataTable empty_table(std::string id, std::string title, std::vector<DataColumn> names) {
    DataTable table{std::move(id), std::move(title), "", std::move(names), {}, 0};
    table.row_headings = table.columns.size();
    table.columns.insert(table.columns.end(), figure_columns.begin(), figure_columns.end());
    return table;
}

/// A row a day, each beginning with the names.
void add_group(DataTable& table, const std::vector<DataCell>& names, const EffectGroup& group) {
    for (std::size_t i = 0; i < effect_days.size(); ++i) {
        std::vector<DataCell> row = names;
        for (DataCell& cell : figure_cells(group.points[i], effect_days[i]))
            row.push_back(std::move(cell));
        table.rows.push_back(std::move(row));
    }
}

constexpr std::string_view reviewed_words = "Reviewed", not_yet_words = "Not yet reviewed";

DataTable group_table(const ListEffect& effect) {
    DataTable table =
        empty_table("effect", "Reviewed beside not yet reviewed", {{"group", "Group", CellKind::words, ""}});
    if (effect.reviewed.people > 0)
        add_group(table, {DataCell::words(std::string(reviewed_words))}, effect.reviewed);
    add_group(table, {DataCell::words(std::string(not_yet_words))}, effect.not_yet_reviewed);
    table.note = fmt::format(
        "Day 0 is the day of the review, for those not yet reviewed {}. Whoever cannot be followed that long "
        "by {} is too early "
        "and in no other figure. After day 0 only evidence dated since then counts. What was put off is no "
        "review. In neither "
        "group: {} whose review counted already on {}, and {} reviewed after the next month's end.",
        long_date(effect.as_at), long_date(effect.last_day), people_text(effect.reviewed_before),
        long_date(effect.as_at), people_text(effect.reviewed_later));
    return table;
}

DataTable outcome_table(const ListEffect& effect, const ReviewTexts& texts) {
    DataTable table =
        empty_table("outcomes", "By what the review decided", {{"outcome", "Outcome", CellKind::words, ""}});
    for (const EffectGroup& group : effect.outcomes)
        add_group(table, {DataCell::words(texts.words_of_outcome(group.name))}, group);
    table.note = "A person with several outcomes counts under each of them.";
    return table;
}

DataTable service_table(const ListEffect& effect, const Extract& extract) {
    DataTable table =
        empty_table("services", "By service",
                    {{"service", "Service", CellKind::words, ""}, {"group", "Group", CellKind::words, ""}});
    for (std::size_t i = 0; i < effect.services.size(); ++i) {
        const std::string& id = effect.services[i].name;
        const ServiceIndex service = extract.find_service(id);
        const std::string name = service.has_value() ? extract.services[*service].name : "not recorded";
        if (effect.services[i].people > 0)
            add_group(table, {DataCell::words(name), DataCell::words(std::string(reviewed_words))},
                      effect.services[i]);
        add_group(table, {DataCell::words(name), DataCell::words(std::string(not_yet_words))},
                  effect.services_not_yet[i]);
    }
    return table;
}

std::string use_words(const EffectPoint& point) {
    return point.with_evidence() == 0
               ? "of nobody is there evidence since"
               : fmt::format("{} of {} with evidence since",
                             percent_text(point.using_on_top, point.with_evidence(), 1),
                             count_text(point.with_evidence()));
}

std::string sentence_of(const ListEffect& effect) {
    if (effect.reviewed.people == 0)
        return fmt::format("Nobody on this list of {} has been reviewed since. {} not yet reviewed.",
                           long_date(effect.as_at), people_text(effect.not_yet_reviewed.people));
    return fmt::format(
        "{} reviewed after {}, {} not yet. 84 days on, using on top: reviewed {}; not yet reviewed {}.",
        people_text(effect.reviewed.people), long_date(effect.as_at),
        people_text(effect.not_yet_reviewed.people), use_words(effect.reviewed.points.back()),
        use_words(effect.not_yet_reviewed.points.back()));
}

}  // namespace

WorkList read_work_list(Context& context) {
    const std::string text = context.parameter("list");
    if (text.empty()) return WorkList::priority_1;
    const auto list = work_list_of(text);
    if (!list) throw HttpError(400, "There is no such work list. Choose one of the lists.");
    return *list;
}

EffectFigures effect_figures(Context& context, const PageChoice& choice, WorkList list) {
    const Figures& figures = context.figures();
    const auto pictures = figures.pictures(choice.date);
    const TeamRecords& records = context.team().records;
    const OptionalDay to = figures.reviews_to(choice.date);
    const auto rows =
        work_list(figures.extract(), *pictures, figures.policy(), list, choice.place, records, to);
    EffectFigures result{list_effect(figures.extract(), figures.policy(), list, choice.day(figures),
                                     figures.dates().back(), rows, records, to),
                         {}};
    const ListWords& words = context.site.list_words();
    const std::string title = words.lists.list(list).title;
    result.page = {fmt::format("Did it work? {}: {}", title, place_and_day(figures, choice)),
                   {{"place", choice.place_key},
                    {"month", month_key(choice.day(figures))},
                    {"list", std::string(text_of(list))}},
                   {group_table(result.effect), outcome_table(result.effect, words.reviews),
                    service_table(result.effect, figures.extract())},
                   sentence_of(result.effect)};
    context.audit.place = choice.place_key;
    context.audit.detail = fmt::format("list {}, {}", text_of(list), month_key(choice.day(figures)));
    return result;
}

}  // namespace optimat

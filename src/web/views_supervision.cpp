#include "web/views_supervision.hpp"

#include "report/number_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

const std::vector<DataColumn> figure_columns = {
    {"in_mat", "In MAT", CellKind::count, ""},
    {"daily", "On a daily medicine", CellKind::count, "Supervision"},
    {"supervised", "Supervised", CellKind::count, "Supervision"},
    {"unsupervised", "Not supervised", CellKind::count, "Supervision"},
    {"not_recorded", "Not recorded", CellKind::count, "Supervision"},
    {"rate", "Rate", CellKind::share, "Supervision"},
    {"injections", "Injections", CellKind::count, ""},
    {"with_current_asci", "Current", CellKind::count, "Inventories"},
    {"coverage", "Of in MAT", CellKind::share, "Inventories"},
    {"complete", "Complete", CellKind::count, "Inventories"},
    {"supervised_without_asci", "Supervised without one", CellKind::count, "Inventories"},
    {"supervised_without_item", "Supervised, no item present", CellKind::count, "Inventories"},
    {"decided", "With a decision", CellKind::count, "Agreement"},
    {"agreed", "Agree", CellKind::count, "Agreement"},
    {"agreement", "Share", CellKind::share, "Agreement"}};

std::vector<DataCell> figure_cells(const SupervisionCount& count, const InventoryCount& inventories) {
    return {DataCell::count(count.people()),
            DataCell::count(count.daily()),
            DataCell::count(count.supervised),
            DataCell::count(count.unsupervised),
            DataCell::count(count.not_recorded),
            DataCell::share(count.supervised, count.daily()),
            DataCell::count(count.injections),
            DataCell::count(inventories.with_current_asci),
            DataCell::share(inventories.with_current_asci, inventories.in_mat),
            DataCell::count(inventories.complete),
            DataCell::count(inventories.supervised_without_asci),
            DataCell::count(inventories.supervised_without_item),
            DataCell::count(inventories.decided),
            DataCell::count(inventories.agreed),
            DataCell::share(inventories.agreed, inventories.decided)};
}

DataTable rate_table(std::string id, std::string title, std::string heading) {
    DataTable table{std::move(id), std::move(title), "", {}, {}, 1};
    table.columns = {{"name", std::move(heading), CellKind::words, ""}};
    table.columns.insert(table.columns.end(), figure_columns.begin(), figure_columns.end());
    return table;
}

void add_row(DataTable& table, std::string name, const SupervisionCount& count,
             const InventoryCount& inventories) {
    std::vector<DataCell> row = {DataCell::words(std::move(name))};
    for (DataCell& cell : figure_cells(count, inventories))
        row.push_back(std::move(cell));
    table.rows.push_back(std::move(row));
}

std::string stage_name(std::size_t stage) {
    constexpr std::string_view names[] = {"MAT 1 induction", "MAT 2 using on top", "MAT 3 not using",
                                          "MAT 4 detoxification", "Uncategorised"};
    static_assert(std::size(names) == stage_count);
    return std::string(names[stage]);
}

/// A rate of the organisation beside that of the place.
void add_organisation_rates(DataTable& table, const SupervisionFigures& organisation) {
    const auto after = std::ranges::find(table.columns, "rate", &DataColumn::id);
    const auto at = after - table.columns.begin() + 1;
    table.columns.insert(table.columns.begin() + at,
                         {"organisation_rate", "Rate, organisation", CellKind::share, "Supervision"});
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const SupervisionCount& count = row == 0 ? organisation.all : organisation.stages[row - 1].count;
        table.rows[row].insert(table.rows[row].begin() + at,
                               DataCell::share(count.supervised, count.daily()));
    }
}

DataTable stage_table(const Figures& figures, const SupervisionView& view) {
    DataTable table = rate_table("supervision", "Supervised consumption by stage", "People in MAT");
    add_row(table, "Everybody in MAT", view.here.all, view.here);
    for (std::size_t stage = 0; stage < stage_count; ++stage)
        add_row(table, stage_name(stage), view.here.stages[stage].count, view.here.stages[stage].inventories);
    add_organisation_rates(table, view.organisation);
    table.note = fmt::format("Supervised: all or some doses, or daily supervised collection where nothing "
                             "else is recorded; the rate is of "
                             "everybody on a daily medicine. Injections are beside it. An inventory is "
                             "current for {} months; it is complete "
                             "when an item is present or every item in use is answered. Agreement: an item "
                             "is present and the decision was "
                             "supervision, or neither; of complete inventories that say what was decided.",
                             figures.policy().priority.asci_months);
    return table;
}

DataTable service_table(const PageChoice& choice, const SupervisionView& view) {
    DataTable table = rate_table("services", "Supervised consumption by service", "Service");
    for (const bool here : {true, false})
        for (const SupervisionLine& line : view.organisation.services)
            if (is_of_place(choice, line.service) == here)
                add_row(table, line.name.empty() ? "not recorded" : line.name, line.count, line.inventories);
    add_row(table, "Organisation", view.organisation.all, view.organisation);
    if (choice.place.kind != PlaceKind::organisation)
        table.note = "Services of the chosen place stand first.";
    return table;
}

DataTable pharmacy_table(const SupervisionView& view) {
    DataTable table = rate_table("pharmacies", "Supervised consumption by pharmacy", "Pharmacy");
    for (const SupervisionLine& line : view.here.pharmacies)
        add_row(table, line.name.empty() ? "not recorded" : line.name, line.count, line.inventories);
    table.note = "The pharmacy of the prescription that leads. Most people first. Numbers may be small: not "
                 "for reports.";
    return table;
}

/// Share supervised when present less share when absent; nothing when nobody is on one of the sides.
DataCell difference_of(const InventoryItem& item) {
    if (item.present == 0 || item.absent == 0) return DataCell::nothing();
    return DataCell::share(item.present_supervised * item.absent - item.absent_supervised * item.present,
                           item.present * item.absent);
}

double figure_of(const DataCell& cell) {
    return static_cast<double>(cell.numerator) / static_cast<double>(cell.denominator);
}

DataTable item_table(const SupervisionView& view, const std::vector<std::string>& words) {
    DataTable table{"items", "Items and what was decided", "", {}, {}, 1};
    table.columns = {{"item", "Item", CellKind::words, ""},
                     {"present", "People", CellKind::count, "Item present"},
                     {"present_supervised", "Supervised", CellKind::count, "Item present"},
                     {"present_share", "Share", CellKind::share, "Item present"},
                     {"absent", "People", CellKind::count, "Item absent"},
                     {"absent_supervised", "Supervised", CellKind::count, "Item absent"},
                     {"absent_share", "Share", CellKind::share, "Item absent"},
                     {"difference", "Difference", CellKind::share, ""}};
    for (std::size_t i = 0; i < view.here.items.size(); ++i) {
        const InventoryItem& item = view.here.items[i];
        table.rows.push_back({DataCell::words(words[i]), DataCell::count(item.present),
                              DataCell::count(item.present_supervised),
                              DataCell::share(item.present_supervised, item.present),
                              DataCell::count(item.absent), DataCell::count(item.absent_supervised),
                              DataCell::share(item.absent_supervised, item.absent), difference_of(item)});
    }
    std::ranges::stable_sort(table.rows, {}, [](const std::vector<DataCell>& row) {
        const DataCell& difference = row.back();
        return difference.kind == CellKind::none ? 2.0 : -figure_of(difference);
    });
    table.note =
        "Supervised: decided after the inventory. The greatest difference first, in percentage points: the "
        "item that "
        "decisions follow most. It does not say why. Items that are not answered are on neither side.";
    return table;
}

std::string names_of(const ItemCombination& combination, const std::vector<std::string>& words) {
    std::string names;
    for (std::size_t i = 0; i < combination.items.size(); ++i)
        if (combination.items[i]) names += (names.empty() ? "" : " + ") + words[i];
    return names.empty() ? "no item" : names;
}

DataTable combination_table(const SupervisionView& view, const std::vector<std::string>& words) {
    DataTable table{"combinations", "Items that are present together", "", {}, {}, 1};
    table.columns = {{"items", "Items present, and no other", CellKind::words, ""},
                     {"people", "People", CellKind::count, ""},
                     {"share", "Of all", CellKind::share, ""},
                     {"supervised", "Supervised", CellKind::count, ""},
                     {"supervised_share", "Share", CellKind::share, ""}};
    std::int64_t all = 0;
    for (const ItemCombination& combination : view.here.combinations)
        all += combination.people;
    for (const ItemCombination& combination : view.here.combinations)
        table.rows.push_back({DataCell::words(names_of(combination, words)),
                              DataCell::count(combination.people), DataCell::share(combination.people, all),
                              DataCell::count(combination.supervised),
                              DataCell::share(combination.supervised, combination.people)});
    table.note = "People whose current inventory answers every item in use and says what was decided.";
    return table;
}

std::string sentence_of(const SupervisionView& view, const PageChoice& choice) {
    const SupervisionCount& here = view.here.all;
    if (here.people() == 0) return "Nobody is in MAT here.";
    std::string text =
        here.daily() == 0
            ? "Nobody is on a daily medicine."
            : fmt::format("{} of {} on a daily medicine take it under supervision",
                          percent_text(here.supervised, here.daily(), 1), people_text(here.daily()));
    if (here.daily() > 0)
        text +=
            choice.place.kind == PlaceKind::organisation
                ? "."
                : fmt::format("; in the organisation {}.", percent_text(view.organisation.all.supervised,
                                                                        view.organisation.all.daily(), 1));
    text += fmt::format(" {} of everybody in MAT have a current inventory",
                        percent_text(view.here.with_current_asci, view.here.in_mat, 1));
    return text + (view.here.decided == 0
                       ? "."
                       : fmt::format(", and {} of the decisions agree with theirs.",
                                     percent_text(view.here.agreed, view.here.decided, 1)));
}

}  // namespace

bool is_of_place(const PageChoice& choice, ServiceIndex service) {
    return !service.has_value() || std::ranges::binary_search(choice.place.services, *service);
}

std::vector<std::string> item_words(Context& context) {
    const InventoryTexts& texts = context.site.list_words().inventory;
    std::vector<std::string> words;
    for (const std::string& item : context.figures().extract().inventory_items)
        words.push_back(texts.words_of(item));
    return words;
}

SupervisionView supervision_view(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const auto pictures = figures.pictures(choice.date);
    const auto at = [&](const Place& place) {
        return supervision_at(figures.extract(), *pictures, figures.policy(), place, context.team().records,
                              figures.reviews_to(choice.date));
    };
    SupervisionView view;
    view.organisation = at(*figures.find_place("organisation"));
    view.here = choice.place.kind == PlaceKind::organisation ? view.organisation : at(choice.place);
    const std::vector<std::string> words = item_words(context);
    view.page = {fmt::format("Supervised consumption: {}", place_and_day(figures, choice)),
                 {{"place", choice.place_key},
                  {"place_name", choice.place.name},
                  {"month", month_key(choice.day(figures))}},
                 {stage_table(figures, view), service_table(choice, view)},
                 sentence_of(view, choice)};
    if (holds(context.user().user.role, Permission::see_people))
        view.page.tables.push_back(pharmacy_table(view));
    view.page.tables.push_back(item_table(view, words));
    view.page.tables.push_back(combination_table(view, words));
    return view;
}

}  // namespace optimat

#include "web/views_caseload.hpp"

#include "report/number_text.hpp"
#include "web/site.hpp"
#include "web/team_book.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr WorkList shown_lists[] = {WorkList::priority_0, WorkList::priority_1, WorkList::priority_2,
                                    WorkList::priority_3, WorkList::priority_4, WorkList::priority_5,
                                    WorkList::priority_6};

std::vector<DataColumn> caseload_columns(const ListWords& words) {
    std::vector<DataColumn> columns = {{"keyworker_id", "Keyworker", CellKind::words, ""},
                                       {"service", "Service", CellKind::words, ""},
                                       {"in_mat", "In MAT", CellKind::count, ""},
                                       {"red", "Red", CellKind::count, ""},
                                       {"amber", "Amber", CellKind::count, ""},
                                       {"uncategorised", "Uncategorised", CellKind::count, ""},
                                       {"out_of_cover", "Out of cover", CellKind::count, ""},
                                       {"without_naloxone", "Without naloxone", CellKind::count, ""},
                                       {"people_to_review", "People to review first", CellKind::count, ""},
                                       {"overdue", "Overdue", CellKind::count, ""}};
    for (const WorkList list : shown_lists)
        columns.push_back({fmt::format("list_{}_to_review", text_of(list)),
                           fmt::format("{}: {}", text_of(list), words.lists.list(list).title),
                           CellKind::count, "Still to review"});
    return columns;
}

std::vector<DataCell> caseload_row(const Extract& extract, const Caseload& load) {
    std::vector<DataCell> row = {
        load.owner.keyworker.empty() ? DataCell::words("no keyworker: the service's own")
                                     : DataCell::words(std::string(load.owner.keyworker)),
        load.owner.service.has_value() ? DataCell::words(extract.services[*load.owner.service].name)
                                       : DataCell::nothing(),
        DataCell::count(load.in_mat),
        DataCell::count(load.red),
        DataCell::count(load.amber),
        DataCell::count(load.uncategorised),
        DataCell::count(load.out_of_cover),
        DataCell::count(load.without_naloxone),
        DataCell::count(load.people_to_review),
        DataCell::count(load.overdue)};
    for (const WorkList list : shown_lists)
        row.push_back(DataCell::count(load.still_to_review[static_cast<std::size_t>(list)]));
    return row;
}

bool is_own(const User& user, const Extract& extract, const Caseload& load) {
    return !user.keyworker_id.empty() && load.owner.keyworker == user.keyworker_id &&
           belongs_to(user, extract, load.owner.service);
}

DataCell coverage_cell(const NaloxoneCoverage::Part& part) {
    return DataCell::share(part.supplied, part.people);
}

std::vector<DataCell> coverage_row(std::string name, const NaloxoneCoverage& coverage) {
    return {DataCell::words(std::move(name)),
            DataCell::count(coverage.mat2.people),
            DataCell::count(coverage.mat2.supplied),
            coverage_cell(coverage.mat2),
            DataCell::count(coverage.in_mat.people),
            DataCell::count(coverage.in_mat.supplied),
            coverage_cell(coverage.in_mat),
            DataCell::count(coverage.out_of_cover.people),
            DataCell::count(coverage.out_of_cover.supplied),
            coverage_cell(coverage.out_of_cover)};
}

DataTable coverage_table(std::string id, std::string title, std::string first) {
    return {std::move(id),
            std::move(title),
            "",
            {{"place", std::move(first), CellKind::words, ""},
             {"mat2_people", "People", CellKind::count, "MAT 2: using on top"},
             {"mat2_supplied", "With naloxone", CellKind::count, "MAT 2: using on top"},
             {"mat2_share", "Coverage", CellKind::share, "MAT 2: using on top"},
             {"in_mat_people", "People", CellKind::count, "Everybody in MAT"},
             {"in_mat_supplied", "With naloxone", CellKind::count, "Everybody in MAT"},
             {"in_mat_share", "Coverage", CellKind::share, "Everybody in MAT"},
             {"out_of_cover_people", "People", CellKind::count, "Out of cover"},
             {"out_of_cover_supplied", "Supplied since", CellKind::count, "Out of cover"},
             {"out_of_cover_share", "Coverage", CellKind::share, "Out of cover"}},
            {},
            1};
}

Place of_service(const Extract& extract, std::size_t service) {
    return {
        PlaceKind::service, extract.services[service].service_id, extract.services[service].name, {service}};
}

}  // namespace

PageFigures caseload_figures(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    const bool own_only = user.role == Role::recovery_worker;
    if (!own_only && !may_list(user, figures.extract(), choice.place))
        throw HttpError(403,
                        "You can see caseloads of your own services only. Choose one of them as the place.");
    const auto pictures = figures.pictures(choice.date);
    const TeamRecords& records = context.team().records;
    std::vector<Caseload> loads = caseloads(figures.extract(), *pictures, figures.policy(), choice.place,
                                            records, context.review_time(choice.date), context.today());
    if (own_only)
        std::erase_if(loads, [&](const Caseload& load) { return !is_own(user, figures.extract(), load); });
    DataTable table{"caseloads", "Caseloads", "", caseload_columns(context.site.list_words()), {}, 2};
    for (const Caseload& load : loads)
        table.rows.push_back(caseload_row(figures.extract(), load));
    table.note =
        "To review first: each person on any of the lists 0 to 3 and 6, once. Without naloxone: none on "
        "record within "
        "the time of the policy. Overdue: taken on by somebody, and the day for the review has passed.";
    context.audit.place = choice.place_key;
    context.audit.detail = fmt::format("{}, {}", counted(static_cast<std::int64_t>(loads.size()), "caseload"),
                                       month_key(choice.day(figures)));
    std::int64_t people = 0;
    for (const Caseload& load : loads)
        people += load.people_to_review;
    return {fmt::format("Caseloads: {}", place_and_day(figures, choice)),
            {{"place", choice.place_key}, {"month", month_key(choice.day(figures))}},
            {std::move(table)},
            fmt::format("{} to review first, on {}.", people_text(people),
                        counted(static_cast<std::int64_t>(loads.size()), "caseload"))};
}

PageFigures naloxone_figures(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const Extract& extract = figures.extract();
    const auto pictures = figures.pictures(choice.date);
    const NaloxoneCoverage here = naloxone_coverage(extract, *pictures, choice.place);
    const NaloxoneCoverage all = naloxone_coverage(extract, *pictures, figures.places().front());
    DataTable beside = coverage_table("naloxone", "Naloxone beside the organisation", "Place");
    const bool is_organisation = choice.place.kind == PlaceKind::organisation;
    if (!is_organisation) beside.rows.push_back(coverage_row(choice.place.name, here));
    beside.rows.push_back(coverage_row(extract.organisation, all));
    const int months = figures.policy().priority.naloxone_months;
    beside.note = fmt::format(
        "With naloxone: supplied in the {} months to {}. Out of cover: people of list 6, supplied since "
        "they were last covered or released.",
        months, long_date(choice.day(figures)));
    DataTable services = coverage_table("naloxone_services", "Naloxone by service", "Service");
    for (const std::size_t service : choice.place.services)
        services.rows.push_back(
            coverage_row(extract.services[service].name,
                         naloxone_coverage(extract, *pictures, of_service(extract, service))));
    return {fmt::format("Naloxone: {}", place_and_day(figures, choice)),
            {{"place", choice.place_key}, {"month", month_key(choice.day(figures))}},
            {std::move(beside), std::move(services)},
            fmt::format("{} of {} using on top have naloxone ({}); in the organisation {}.",
                        count_text(here.mat2.supplied), people_text(here.mat2.people),
                        percent_text(here.mat2.supplied, here.mat2.people, 1),
                        percent_text(all.mat2.supplied, all.mat2.people, 1))};
}

}  // namespace optimat

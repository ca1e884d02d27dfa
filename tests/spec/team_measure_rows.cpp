#include "priority/caseload.hpp"
#include "priority/supervision.hpp"
#include "priority_rows.hpp"

#include <fmt/format.h>

namespace optimat::spec {

namespace {

std::vector<ResultColumn> value_columns(std::initializer_list<const char*> keys,
                                        std::initializer_list<const char*> values) {
    std::vector<ResultColumn> columns;
    for (const char* key : keys)
        columns.push_back({key, ColumnUse::key, {}});
    for (const char* value : values)
        columns.push_back({value, ColumnUse::value, {}});
    return columns;
}

SupervisionFigures supervision_of_run(const CaseRun& run, int line) {
    const PriorityTaken& taken = priority_taken(run, line);
    return supervision_at(run.extract(line), taken.pictures, run.policy(), taken.place, taken.records, {});
}

std::vector<std::string> supervision_row(const std::string& by, const std::string& name,
                                         const SupervisionCount& count) {
    return {by,
            name,
            std::to_string(count.supervised),
            std::to_string(count.unsupervised),
            std::to_string(count.not_recorded),
            std::to_string(count.daily()),
            percent_text(count.supervised, count.daily()),
            std::to_string(count.injections)};
}

/// A sum of doses over people, in milligrams.
std::string mean_mg_text(const DoseSum& sum) {
    const auto mean = sum.mean_mg();
    return mean ? fmt::format("{:.2f}", *mean) : "";
}

std::vector<std::string> effect_row(const std::string& name, const EffectGroup& group, std::size_t point) {
    const EffectPoint& at = group.points[point];
    std::vector<std::string> row = {name,
                                    std::to_string(effect_days[point]),
                                    std::to_string(group.people),
                                    std::to_string(at.too_early),
                                    std::to_string(at.people()),
                                    std::to_string(at.in_mat),
                                    std::to_string(at.died),
                                    std::to_string(at.not_in_mat)};
    for (const std::int64_t number : at.stages)
        row.push_back(std::to_string(number));
    for (const std::int64_t number : at.bands)
        row.push_back(std::to_string(number));
    for (const std::int64_t number : {at.using_on_top, at.not_using, at.no_evidence, at.methadone.people})
        row.push_back(std::to_string(number));
    row.push_back(mean_mg_text(at.methadone));
    for (const std::int64_t number :
         {at.dose_pairs, at.dose_higher, at.dose_lower, at.methadone_change.people})
        row.push_back(std::to_string(number));
    row.push_back(mean_mg_text(at.methadone_change));
    return row;
}

std::string owner_text(const Extract& extract, const ListOwner& owner) {
    if (!owner.keyworker.empty()) return std::string(owner.keyworker);
    return "service " + (owner.service.has_value() ? extract.services[*owner.service].service_id : "");
}

}  // namespace

std::vector<ResultColumn> supervision_columns() {
    auto columns = value_columns(
        {"by", "name"}, {"supervised", "unsupervised", "not_recorded", "daily", "percent", "injections"});
    columns.front().texts = {"all", "service", "pharmacy", "stage"};
    return columns;
}

ResultTable supervision_rows(const CaseRun& run, int line) {
    const SupervisionFigures supervision = supervision_of_run(run, line);
    ResultTable table{supervision_columns(), {supervision_row("all", "", supervision.all)}};
    const auto add = [&](const std::string& by, const std::vector<SupervisionLine>& lines) {
        for (const SupervisionLine& one : lines)
            if (by != "stage" || one.count.people() != 0)
                table.rows.push_back(supervision_row(by, one.name, one.count));
    };
    add("service", supervision.services);
    add("pharmacy", supervision.pharmacies);
    add("stage", supervision.stages);
    return table;
}

std::vector<ResultColumn> inventory_columns() {
    auto columns = value_columns({"by", "name"}, {"in_mat", "with_current_asci", "complete", "decided",
                                                  "agreed", "decided_supervised", "supervised_without_asci",
                                                  "supervised_without_item"});
    columns.front().texts = {"all", "service", "pharmacy", "stage"};
    return columns;
}

ResultTable inventory_rows(const CaseRun& run, int line) {
    const SupervisionFigures supervision = supervision_of_run(run, line);
    ResultTable table{inventory_columns(), {}};
    const auto add = [&](const std::string& by, const std::string& name, const InventoryCount& count) {
        auto& row = table.rows.emplace_back(std::vector<std::string>{by, name});
        for (const std::int64_t number :
             {count.in_mat, count.with_current_asci, count.complete, count.decided, count.agreed,
              count.decided_supervised, count.supervised_without_asci, count.supervised_without_item})
            row.push_back(std::to_string(number));
    };
    add("all", "", supervision);
    for (const SupervisionLine& one : supervision.services)
        add("service", one.name, one.inventories);
    for (const SupervisionLine& one : supervision.pharmacies)
        add("pharmacy", one.name, one.inventories);
    for (const SupervisionLine& one : supervision.stages)
        add("stage", one.name, one.inventories);
    return table;
}

std::vector<ResultColumn> inventory_item_columns() {
    return value_columns({"item"}, {"present", "present_supervised", "absent", "absent_supervised"});
}

ResultTable inventory_item_rows(const CaseRun& run, int line) {
    ResultTable table{inventory_item_columns(), {}};
    for (const InventoryItem& item : supervision_of_run(run, line).items)
        table.rows.push_back({item.item, std::to_string(item.present),
                              std::to_string(item.present_supervised), std::to_string(item.absent),
                              std::to_string(item.absent_supervised)});
    return table;
}

std::vector<ResultColumn> combination_columns() {
    return value_columns({"items"}, {"place", "people", "supervised"});
}

ResultTable combination_rows(const CaseRun& run, int line) {
    const Extract& extract = run.extract(line);
    ResultTable table{combination_columns(), {}};
    for (const ItemCombination& one : supervision_of_run(run, line).combinations) {
        std::string items;
        for (std::size_t i = 0; i < one.items.size(); ++i)
            if (one.items[i]) items += (items.empty() ? "" : ", ") + extract.inventory_items[i];
        table.rows.push_back({items, std::to_string(table.rows.size() + 1), std::to_string(one.people),
                              std::to_string(one.supervised)});
    }
    return table;
}

std::vector<ResultColumn> effect_columns() {
    auto columns =
        value_columns({"group", "days"}, {"people", "too_early", "seen", "in_mat", "died", "not_in_mat"});
    for (std::size_t i = 0; i < stage_count; ++i)
        columns.push_back({std::string(text_of(static_cast<Stage>(i))), ColumnUse::value, {}});
    for (const char* name : {"below", "at_or_above", "band_unknown", "using_on_top", "not_using",
                             "no_evidence", "methadone_people", "mean_methadone_mg", "dose_pairs",
                             "dose_higher", "dose_lower", "methadone_pairs", "methadone_change_mg"})
        columns.push_back({name, ColumnUse::value, {}});
    return columns;
}

ResultTable effect_rows(const CaseRun& run, int line) {
    const PriorityTaken& taken = priority_taken(run, line);
    if (!taken.effect) throw SpecError(line, "the When above took no effect");
    ResultTable table{effect_columns(), {}};
    const auto add = [&](const std::string& prefix, const EffectGroup& group) {
        for (std::size_t point = 0; point < effect_days.size(); ++point)
            table.rows.push_back(effect_row(prefix + group.name, group, point));
    };
    const EffectGroup before{"reviewed_before", taken.effect->reviewed_before, {}};
    table.rows.push_back(effect_row(before.name, before, 0));
    const EffectGroup later{"reviewed_later", taken.effect->reviewed_later, {}};
    table.rows.push_back(effect_row(later.name, later, 0));
    add("", taken.effect->reviewed);
    add("", taken.effect->not_yet_reviewed);
    for (const EffectGroup& group : taken.effect->outcomes)
        add("outcome ", group);
    for (const EffectGroup& group : taken.effect->services)
        add("reviewed at ", group);
    for (const EffectGroup& group : taken.effect->services_not_yet)
        add("not yet at ", group);
    return table;
}

std::vector<ResultColumn> caseload_columns() {
    auto columns = value_columns({"service_id", "owner"},
                                 {"place", "in_mat", "red", "amber", "uncategorised", "out_of_cover",
                                  "without_naloxone", "people_to_review", "overdue"});
    for (std::size_t i = 0; i < work_list_count; ++i)
        columns.push_back({fmt::format("list_{}", text_of(static_cast<WorkList>(i))), ColumnUse::value, {}});
    return columns;
}

ResultTable caseload_rows(const CaseRun& run, int line) {
    const PriorityTaken& taken = priority_taken(run, line);
    const Extract& extract = run.extract(line);
    const ReviewTime time = taken.list ? taken.list->time : ReviewTime({}, taken.today);
    ResultTable table{caseload_columns(), {}};
    for (const Caseload& one :
         caseloads(extract, taken.pictures, run.policy(), taken.place, taken.records, time, taken.today)) {
        auto& row = table.rows.emplace_back(std::vector<std::string>{
            one.owner.service.has_value() ? extract.services[*one.owner.service].service_id : "",
            owner_text(extract, one.owner), std::to_string(table.rows.size() + 1)});
        for (const std::int64_t number : {one.in_mat, one.red, one.amber, one.uncategorised, one.out_of_cover,
                                          one.without_naloxone, one.people_to_review, one.overdue})
            row.push_back(std::to_string(number));
        for (const std::int64_t number : one.still_to_review)
            row.push_back(std::to_string(number));
    }
    return table;
}

std::vector<ResultColumn> naloxone_columns() {
    return value_columns({"of"}, {"supplied", "people", "percent"});
}

ResultTable naloxone_rows(const CaseRun& run, int line) {
    const PriorityTaken& taken = priority_taken(run, line);
    const NaloxoneCoverage coverage = naloxone_coverage(run.extract(line), taken.pictures, taken.place);
    ResultTable table{naloxone_columns(), {}};
    for (const auto& [name, part] : {std::pair{"in_mat", coverage.in_mat},
                                     {"mat2", coverage.mat2},
                                     {"out_of_cover", coverage.out_of_cover}})
        table.rows.push_back({name, std::to_string(part.supplied), std::to_string(part.people),
                              percent_text(part.supplied, part.people)});
    return table;
}

}  // namespace optimat::spec

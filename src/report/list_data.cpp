#include "report/list_data.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace optimat {

namespace {

DataCell words_or_none(std::string_view text) {
    return text.empty() ? DataCell::nothing() : DataCell::words(std::string(text));
}
DataCell yes_or_no(bool holds) { return DataCell::words(holds ? "yes" : "no"); }
DataCell of_day(OptionalDay day) { return day ? DataCell::of_day(*day) : DataCell::nothing(); }

std::string capitalised(std::string_view words) {
    std::string text(words);
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

std::vector<DataColumn> head_columns() {
    return {{"place_on_list", "Place", CellKind::count, ""},
            {"client_id", "Client", CellKind::words, ""},
            {"service", "Service", CellKind::words, ""},
            {"keyworker_id", "Keyworker", CellKind::words, ""},
            {"block", "Block", CellKind::words, ""},
            {"why", "Why here", CellKind::words, ""},
            {"status", "Status", CellKind::words, ""},
            {"taken_on_by", "Taken on by", CellKind::words, ""},
            {"due", "Due", CellKind::day, ""},
            {"stage", "MAT stage", CellKind::words, "Treatment"},
            {"cohort", "Cohort", CellKind::words, "Treatment"},
            {"medicine", "Medicine", CellKind::words, "Treatment"},
            {"dose_mg", "Dose mg", CellKind::milligrams, "Treatment"},
            {"band", "Band", CellKind::words, "Treatment"},
            {"regime", "Regime", CellKind::words, "Treatment"}};
}

void add_factor_columns(std::vector<DataColumn>& columns) {
    for (std::size_t i = 0; i < risk_factor_count; ++i) {
        const auto factor = static_cast<RiskFactor>(i);
        const std::string id(text_of(factor)), group = capitalised(words_for(factor));
        columns.push_back({id, "Is", CellKind::words, group});
        columns.push_back({id + "_source", "Source", CellKind::words, group});
        columns.push_back({id + "_date", "Date", CellKind::day, group});
        columns.push_back({id + "_age_days", "Age, days", CellKind::count, group});
        columns.push_back({id + "_conflict", "Otherwise", CellKind::words, group});
    }
}

void add_evidence_columns(std::vector<DataColumn>& columns) {
    const std::string evidence = "Evidence", review = "Last review";
    std::ranges::move(
        std::vector<DataColumn>{{"evidence", "Source", CellKind::words, evidence},
                                {"evidence_says", "Says", CellKind::words, evidence},
                                {"evidence_date", "Date", CellKind::day, evidence},
                                {"evidence_age_days", "Age, days", CellKind::count, evidence},
                                {"days_used", "Days used of 28", CellKind::count, ""},
                                {"frequency", "How often", CellKind::words, ""},
                                {"tolerance_lower", "Tolerance may be lower", CellKind::words, ""},
                                {"naloxone", "Naloxone current", CellKind::words, ""},
                                {"naloxone_date", "Naloxone supplied", CellKind::day, ""},
                                {"medical_review", "Last medical review", CellKind::day, ""},
                                {"review_date", "Date", CellKind::day, review},
                                {"review_outcomes", "Outcome", CellKind::words, review},
                                {"deferred_to", "Deferred to", CellKind::day, review},
                                {"records_refused", "Records refused", CellKind::count, ""}},
        std::back_inserter(columns));
}

void add_head(std::vector<DataCell>& cells, const Extract& extract, const ListRow& row,
              const ListTexts& texts, const ListLinks& links, std::size_t place) {
    const PersonPicture& person = *row.person;
    const std::string_view client = extract.chunks[person.place.chunk].client_ids[person.place.client];
    cells.push_back(DataCell::count(static_cast<std::int64_t>(place)));
    cells.push_back(DataCell::words(std::string(client))
                        .linked(links.person ? links.person(person.place) : std::string()));
    cells.push_back(person.service.has_value() ? DataCell::words(extract.services[*person.service].name)
                                               : DataCell::nothing());
    cells.push_back(words_or_none(person.keyworker));
    cells.push_back(DataCell::words(std::string(text_of(row.block))));
    cells.push_back(DataCell::words(texts.block(row.block).title));
    cells.push_back(DataCell::words(std::string(text_of(row.standing.status))));
    cells.push_back(row.claim != nullptr ? DataCell::words(row.claim->assigned_to) : DataCell::nothing());
    cells.push_back(row.claim != nullptr ? DataCell::of_day(row.claim->due) : DataCell::nothing());
}

void add_treatment(std::vector<DataCell>& cells, const std::optional<State>& state) {
    if (!state) {
        cells.resize(cells.size() + 6);
        return;
    }
    cells.push_back(DataCell::words(std::string(text_of(state->stage))));
    cells.push_back(words_or_none(text_of(state->cohort)));
    cells.push_back(DataCell::words(std::string(words_for(state->medicine))));
    cells.push_back(state->dose_known ? DataCell{CellKind::milligrams, {}, state->dose.number, 1000, {}}
                                      : DataCell::nothing());
    cells.push_back(DataCell::words(std::string(text_of(state->band))));
    cells.push_back(DataCell::words(std::string(text_of(state->regime))));
}

void add_factors(std::vector<DataCell>& cells, const RiskPicture& risk, Day as_at) {
    for (const FactorPicture& factor : risk) {
        cells.push_back(DataCell::words(std::string(text_of(factor.presence))));
        if (factor.deciding) {
            cells.push_back(DataCell::words(std::string(words_for(factor.deciding->source))));
            cells.push_back(DataCell::of_day(factor.deciding->day));
            cells.push_back(DataCell::count(as_at - factor.deciding->day));
        } else {
            cells.resize(cells.size() + 3);
        }
        cells.push_back(factor.conflict
                            ? DataCell::words(fmt::format("{} {} says {}", words_for(factor.conflict->source),
                                                          to_text(factor.conflict->day),
                                                          factor.conflict->present ? "yes" : "no"))
                            : DataCell::nothing());
    }
}

void add_evidence(std::vector<DataCell>& cells, const ListRow& row, const ReviewTexts& reviews, Day as_at) {
    const PersonPicture& person = *row.person;
    if (person.last_evidence) {
        const Evidence& evidence = *person.last_evidence;
        cells.push_back(DataCell::words(evidence.table == TableKind::tops ? "TOP" : "drug screen"));
        cells.push_back(DataCell::words(evidence.use ? "use on top" : "no use on top"));
        cells.push_back(DataCell::of_day(evidence.day));
        cells.push_back(DataCell::count(as_at - evidence.day));
    } else {
        cells.resize(cells.size() + 4);
    }
    cells.push_back(person.days_used ? DataCell::count(*person.days_used) : DataCell::nothing());
    cells.push_back(person.frequency == Frequency::unknown
                        ? DataCell::nothing()
                        : DataCell::words(std::string(text_of(person.frequency))));
    cells.push_back(yes_or_no(person.tolerance_lower));
    cells.push_back(yes_or_no(person.naloxone_current));
    cells.push_back(of_day(person.naloxone));
    cells.push_back(of_day(person.last_medical_review));
    if (const TeamReview* review = shown_review(row)) {
        cells.push_back(DataCell::of_day(review->day));
        cells.push_back(DataCell::words(review_words(row, reviews)));
        cells.push_back(of_day(review->deferred_to));
    } else {
        cells.resize(cells.size() + 3);
    }
    cells.push_back(DataCell::count(person.refused_records));
}

struct TrackerPart {
    WorkList list;
    TrackerGroup group;
};
constexpr TrackerPart tracker_parts[] = {
    {WorkList::priority_0, TrackerGroup::uncategorised}, {WorkList::priority_1, TrackerGroup::red},
    {WorkList::priority_1, TrackerGroup::amber},         {WorkList::priority_1, TrackerGroup::mat2_unbanded},
    {WorkList::priority_2, TrackerGroup::red},           {WorkList::priority_3, TrackerGroup::amber}};

std::int64_t sum_of(const std::array<std::int64_t, review_status_count>& counts) {
    std::int64_t sum = 0;
    for (const std::int64_t count : counts)
        sum += count;
    return sum;
}

}  // namespace

const TeamReview* shown_review(const ListRow& row) {
    return row.standing.review != nullptr ? row.standing.review : row.last_review;
}

std::string review_words(const ListRow& row, const ReviewTexts& reviews) {
    std::string words;
    if (const TeamReview* review = shown_review(row))
        for (const std::string& outcome : review->outcomes)
            words += (words.empty() ? "" : "; ") + reviews.words_of_outcome(outcome);
    return words;
}

std::int64_t tracker_people(const TrackerCell& cell, WorkList list) {
    std::int64_t people = 0;
    for (const TrackerPart& part : tracker_parts)
        if (part.list == list) people += cell.of(part.group);
    return people;
}

DataTable list_table(const Extract& extract, const Pictures& pictures, std::span<const ListRow> rows,
                     WorkList list, const ListTexts& texts, const ReviewTexts& reviews,
                     const ListLinks& links, std::size_t first_place) {
    DataTable table{"list", texts.list(list).title, "", head_columns(), {}, 2};
    table.note = "Needs review: why somebody is here, with the evidence and its age. An empty cell is not "
                 "recorded; unknown never means that there is no risk.";
    add_factor_columns(table.columns);
    add_evidence_columns(table.columns);
    std::ranges::move(own_columns(list), std::back_inserter(table.columns));
    table.rows.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ListRow& row = rows[i];
        std::vector<DataCell> cells;
        cells.reserve(table.columns.size());
        add_head(cells, extract, row, texts, links, first_place + i);
        add_treatment(cells, row.person->state);
        add_factors(cells, row.person->risk, pictures.as_at);
        add_evidence(cells, row, reviews, pictures.as_at);
        std::ranges::move(own_cells(extract, pictures, row, list), std::back_inserter(cells));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

DataTable list_parts_table(const ListCount& count, WorkList list, const ListTexts& texts) {
    DataTable table{"parts", "How far the team is", "", {{"block", "Why here", CellKind::words, ""}}, {}, 1};
    for (std::size_t i = 0; i < review_status_count; ++i) {
        const auto status = static_cast<ReviewStatus>(i);
        table.columns.push_back(
            {std::string(text_of(status)), capitalised(words_for(status)), CellKind::count, ""});
    }
    table.columns.push_back({"together", "Together", CellKind::count, ""});
    const auto add = [&](std::string name, const std::array<std::int64_t, review_status_count>& counts) {
        std::vector<DataCell> cells = {DataCell::words(std::move(name))};
        for (const std::int64_t people : counts)
            cells.push_back(DataCell::count(people));
        cells.push_back(DataCell::count(sum_of(counts)));
        table.rows.push_back(std::move(cells));
    };
    for (const BlockText& block : texts.list(list).blocks)
        add(block.title, count.by_block[static_cast<std::size_t>(block.block)]);
    const auto tracked = tracker_blocks(list);
    if (!tracked.empty() && tracked.size() < texts.list(list).blocks.size()) {
        std::array<std::int64_t, review_status_count> sum{};
        for (const ListBlock block : tracked)
            for (std::size_t i = 0; i < review_status_count; ++i)
                sum[i] += count.by_block[static_cast<std::size_t>(block)][i];
        add("As the tracker counts", sum);
    }
    add("Everybody", count.by_status);
    return table;
}

}  // namespace optimat

#include "web/views_work_lists.hpp"

#include "report/list_data.hpp"
#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/list_words.hpp"
#include "web/site.hpp"
#include "web/team_book.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

constexpr std::string_view status_texts[] = {"open",     "still_to_review", "awaiting_co_signature",
                                             "reviewed", "being_optimised", "all"};
constexpr std::string_view status_words[] = {"Needs review", "Still to review", "Awaiting a co-signature",
                                             "Reviewed",     "Being optimised", "Everybody"};
constexpr std::string_view assigned_texts[] = {"", "me", "nobody", "anyone"};
constexpr std::string_view sort_texts[] = {"", "evidence", "factors", "due"};
constexpr std::string_view sort_words[] = {"The list's own order", "Oldest evidence first",
                                           "Most risk factors first", "Due first"};

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(400,
                    fmt::format("The address names a {} that is not there. Go back and choose one.", what));
}

template <class Enum, std::size_t Count>
Enum enum_of(std::string_view text, const std::string_view (&texts)[Count], std::string_view what) {
    const auto found = std::ranges::find(texts, text);
    if (found == std::end(texts)) unknown(what);
    return static_cast<Enum>(found - std::begin(texts));
}

constexpr std::string_view own_owner = "me", service_owner = "service";
constexpr std::size_t owner_bytes = 16;

std::optional<RiskFactor> factor_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    for (std::size_t i = 0; i < risk_factor_count; ++i)
        if (text_of(static_cast<RiskFactor>(i)) == text) return static_cast<RiskFactor>(i);
    unknown("risk factor");
}

/// An owner without saying who it is: an identifier of staff does not belong in a URL.
std::string owner_reference(const std::string& secret, const Extract& extract, const ListOwner& owner) {
    if (owner.keyworker.empty()) return std::string(service_owner);
    const std::string service =
        owner.service.has_value() ? extract.services[*owner.service].service_id : std::string();
    return keyed_text(secret, fmt::format("owner\n{}\n{}", service, owner.keyworker), owner_bytes);
}

bool is_owner(std::string_view text) {
    if (text.empty() || text == own_owner || text == service_owner) return true;
    return text.size() == (owner_bytes * 4 + 2) / 3 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

bool passes(const ListRow& row, StatusFilter status) {
    switch (status) {
    case StatusFilter::open:
        return row.standing.status == ReviewStatus::still_to_review ||
               row.standing.status == ReviewStatus::awaiting_co_signature;
    case StatusFilter::still_to_review:
        return row.standing.status == ReviewStatus::still_to_review;
    case StatusFilter::awaiting_co_signature:
        return row.standing.status == ReviewStatus::awaiting_co_signature;
    case StatusFilter::reviewed:
        return row.standing.status == ReviewStatus::reviewed;
    case StatusFilter::being_optimised:
        return row.standing.status == ReviewStatus::being_optimised;
    case StatusFilter::all:
        break;
    }
    return true;
}

bool is_done(const ListRow& row) { return row.standing.status == ReviewStatus::reviewed; }
bool is_overdue(const ListRow& row, Day today) {
    return row.claim != nullptr && row.claim->due < today && !is_done(row);
}

/// What a filter looks at beside the row.
struct FilterSubject {
    const std::string& secret;
    const Extract& extract;
    const User& user;
    Day today;
};

bool passes_owner(const ListRow& row, const std::string& owner, const FilterSubject& subject) {
    if (owner.empty()) return true;
    if (owner == own_owner) {
        const User& user = subject.user;
        return !user.keyworker_id.empty() && row.person->keyworker == user.keyworker_id;
    }
    return owner_reference(subject.secret, subject.extract, owner_of(*row.person)) == owner;
}

bool passes_assigned(const ListRow& row, AssignedFilter assigned, const User& user) {
    switch (assigned) {
    case AssignedFilter::me:
        return row.claim != nullptr && row.claim->assigned_to == user.sign_in_name;
    case AssignedFilter::nobody:
        return row.claim == nullptr;
    case AssignedFilter::somebody:
        return row.claim != nullptr;
    case AssignedFilter::any:
        break;
    }
    return true;
}

/// But for the block.
bool passes(const ListRow& row, const ListFilter& filter, const FilterSubject& subject) {
    if (!passes(row, filter.status) || !passes_assigned(row, filter.assigned, subject.user)) return false;
    if (filter.factor &&
        row.person->risk[static_cast<std::size_t>(*filter.factor)].presence != Presence::present)
        return false;
    if (filter.overdue && !is_overdue(row, subject.today)) return false;
    return passes_owner(row, filter.owner, subject);
}

/// Less stands first; never recorded before any date, no due date after any.
std::int64_t sort_value(const ListRow& row, ListSort sort) {
    switch (sort) {
    case ListSort::evidence:
        return row.person->last_evidence ? row.person->last_evidence->day.number
                                         : std::numeric_limits<std::int64_t>::min();
    case ListSort::factors:
        return -count_of(row.person->risk, Presence::present);
    case ListSort::due:
        return row.claim != nullptr ? row.claim->due.number : std::numeric_limits<std::int64_t>::max();
    case ListSort::policy:
        break;
    }
    return 0;
}

void check_place(const User& user, const Figures& figures, const PageChoice& choice) {
    if (!sees_caseload_only(user) && !may_list(user, figures.extract(), choice.place))
        throw HttpError(
            403, "You can open lists of people at your own services only. Choose one of them as the place.");
}

std::vector<ListRow> rows_for(Context& context, const PageChoice& choice, const Pictures& pictures,
                              WorkList list) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    auto rows = work_list(figures.extract(), pictures, figures.policy(), list, choice.place,
                          context.team().records, context.review_time(choice.date));
    if (sees_caseload_only(user))
        std::erase_if(rows, [&](const ListRow& row) {
            return !may_see(user, figures.extract(), row.person->service, row.person->keyworker);
        });
    return rows;
}

/// The tracker's number of the list at the place; nothing when there is none, or the viewer sees a caseload
/// only.
std::optional<std::int64_t> tracker_number(Context& context, const PageChoice& choice, WorkList list) {
    if (tracker_blocks(list).empty() || sees_caseload_only(context.user().user)) return std::nullopt;
    return tracker_people(context.figures().tracker().at(choice.date, choice.place), list);
}

std::vector<OwnerChoice> owners_of(const std::string& secret, const Extract& extract,
                                   const std::vector<ListRow>& rows) {
    std::map<std::string_view, OwnerChoice> by_keyworker;
    for (const ListRow& row : rows) {
        const ListOwner owner = owner_of(*row.person);
        OwnerChoice& choice = by_keyworker[owner.keyworker];
        if (choice.people++ == 0) {
            choice.reference = owner_reference(secret, extract, owner);
            choice.words =
                owner.keyworker.empty() ? "No keyworker: the service" : std::string(owner.keyworker);
        }
    }
    std::vector<OwnerChoice> owners;
    for (auto& [keyworker, owner] : by_keyworker)
        owners.push_back(std::move(owner));
    // The service's own, whose name is empty, go to the end.
    if (!owners.empty() && owners.front().reference == service_owner)
        std::rotate(owners.begin(), owners.begin() + 1, owners.end());
    return owners;
}

}  // namespace

std::string_view text_of(StatusFilter status) { return status_texts[static_cast<std::size_t>(status)]; }
std::string_view words_for(StatusFilter status) { return status_words[static_cast<std::size_t>(status)]; }
std::string_view text_of(AssignedFilter assigned) {
    return assigned_texts[static_cast<std::size_t>(assigned)];
}
std::string_view text_of(ListSort sort) { return sort_texts[static_cast<std::size_t>(sort)]; }
std::string_view words_for(ListSort sort) { return sort_words[static_cast<std::size_t>(sort)]; }

bool sees_caseload_only(const User& user) { return user.role == Role::recovery_worker; }

ListFilter list_filter_of(const Parameters& query, WorkList list) {
    const auto value = [&](std::string_view name) {
        return std::string(find_parameter(query, name).value_or(""));
    };
    ListFilter filter;
    if (const std::string block = value("block"); !block.empty()) {
        filter.block = list_block_of(block);
        if (!filter.block || list_of(*filter.block) != list) unknown("block");
    }
    if (const std::string status = value("status"); !status.empty())
        filter.status = enum_of<StatusFilter>(status, status_texts, "status");
    filter.owner = value("owner");
    if (!is_owner(filter.owner)) unknown("owner");
    filter.factor = factor_of(value("factor"));
    filter.assigned = enum_of<AssignedFilter>(value("assigned"), assigned_texts, "assignment");
    const std::string due = value("due");
    if (!due.empty() && due != "overdue") unknown("time");
    filter.overdue = !due.empty();
    filter.sort = enum_of<ListSort>(value("sort"), sort_texts, "order");
    return filter;
}

std::string ListFilter::query() const {
    std::string query;
    const auto add = [&](std::string_view name, std::string_view value) {
        query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, url_encode(value));
    };
    if (block) add("block", text_of(*block));
    if (status != StatusFilter::open) add("status", text_of(status));
    if (!owner.empty()) add("owner", owner);
    if (factor) add("factor", text_of(*factor));
    if (assigned != AssignedFilter::any) add("assigned", text_of(assigned));
    if (overdue) add("due", "overdue");
    if (sort != ListSort::policy) add("sort", text_of(sort));
    return query;
}

ListFilter ListFilter::with_block(std::optional<ListBlock> other) const {
    ListFilter filter = *this;
    filter.block = other;
    return filter;
}

std::string ListView::query(const Figures& figures) const {
    const std::string filters = filter.query();
    return choice.query(figures) + (filters.empty() ? "" : "&") + filters;
}

ListView read_list_view(Context& context) {
    const auto list = work_list_of(context.path_values.front());
    if (!list) throw HttpError(404, "There is no such list.");
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    ListView view;
    view.choice = read_page_choice(context);
    view.list = *list;
    check_place(user, figures, view.choice);
    view.filter = list_filter_of(context.request.query, *list);
    view.pictures = figures.pictures(view.choice.date);
    view.rows = rows_for(context, view.choice, *view.pictures, *list);
    const FilterSubject subject{context.site.csrf_secret(), figures.extract(), user, context.today()};
    std::ranges::copy_if(view.rows, std::back_inserter(view.any_block),
                         [&](const ListRow& row) { return passes(row, view.filter, subject); });
    if (view.filter.sort != ListSort::policy)
        std::ranges::stable_sort(view.any_block, {},
                                 [&](const ListRow& row) { return sort_value(row, view.filter.sort); });
    std::ranges::copy_if(view.any_block, std::back_inserter(view.shown), [&](const ListRow& row) {
        return !view.filter.block || row.block == *view.filter.block;
    });
    if (view.choice.place.kind == PlaceKind::service && !sees_caseload_only(user))
        view.owners = owners_of(context.site.csrf_secret(), figures.extract(), view.rows);
    view.tracker = tracker_number(context, view.choice, *list);
    context.audit.detail = fmt::format("list {}, {}, {}", text_of(*list),
                                       people_text(static_cast<std::int64_t>(view.shown.size())),
                                       month_key(view.choice.day(figures)));
    return view;
}

PageFigures list_figures(Context& context, const ListView& view) {
    const Figures& figures = context.figures();
    const ListWords& words = context.site.list_words();
    const ListLinks links{[&](ClientPlace client) { return "/people/" + figures.reference_of(client); }};
    const ListText& text = words.lists.list(view.list);
    return {fmt::format("{}: {}", text.title, place_and_day(figures, view.choice)),
            {{"list", std::string(text_of(view.list))},
             {"place", view.choice.place_key},
             {"month", month_key(view.choice.day(figures))},
             {"filter", view.filter.query()},
             {"order", order_sentence(words.lists, figures.policy(), view.list)}},
            {list_table(figures.extract(), *view.pictures, view.shown, view.list, words.lists, words.reviews,
                        links),
             list_parts_table(count_list(view.rows), view.list, words.lists)},
            text.question};
}

std::vector<ListSummary> read_list_summaries(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    check_place(context.user().user, figures, choice);
    const auto pictures = figures.pictures(choice.date);
    const Day today = context.today();
    std::vector<ListSummary> summaries;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const auto rows = rows_for(context, choice, *pictures, list);
        ListSummary summary{list, count_list(rows), 0, {}, tracker_number(context, choice, list)};
        summary.overdue =
            std::ranges::count_if(rows, [&](const ListRow& row) { return is_overdue(row, today); });
        if (!tracker_blocks(list).empty()) {
            summary.tracked = 0;
            for (const ListBlock block : tracker_blocks(list))
                for (const std::int64_t people : summary.count.by_block[static_cast<std::size_t>(block)])
                    *summary.tracked += people;
        }
        summaries.push_back(std::move(summary));
    }
    context.audit.detail = month_key(choice.day(figures));
    return summaries;
}

PageFigures lists_figures(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const ListTexts& texts = context.site.list_words().lists;
    DataTable table{"lists", "The work lists", "", {}, {}, 2};
    table.columns = {{"list", "List", CellKind::words, ""}, {"title", "Title", CellKind::words, ""}};
    for (std::size_t i = 0; i < review_status_count; ++i) {
        const auto status = static_cast<ReviewStatus>(i);
        table.columns.push_back(
            {std::string(text_of(status)), std::string(words_for(status)), CellKind::count, ""});
    }
    table.columns.push_back({"together", "Together", CellKind::count, ""});
    table.columns.push_back({"overdue", "Overdue", CellKind::count, ""});
    table.columns.push_back({"tracked", "Of them counted by the tracker", CellKind::count, ""});
    table.columns.push_back({"tracker", "The tracker's number", CellKind::count, ""});
    const auto count_or_none = [](std::optional<std::int64_t> count) {
        return count ? DataCell::count(*count) : DataCell::nothing();
    };
    for (const ListSummary& summary : read_list_summaries(context, choice)) {
        std::vector<DataCell> row = {DataCell::words(std::string(text_of(summary.list))),
                                     DataCell::words(texts.list(summary.list).title)};
        for (const std::int64_t people : summary.count.by_status)
            row.push_back(DataCell::count(people));
        row.push_back(DataCell::count(summary.count.people()));
        row.push_back(DataCell::count(summary.overdue));
        row.push_back(count_or_none(summary.tracked));
        row.push_back(count_or_none(summary.tracker));
        table.rows.push_back(std::move(row));
    }
    return {fmt::format("Work lists: {}", place_and_day(figures, choice)),
            {{"place", choice.place_key}, {"month", month_key(choice.day(figures))}},
            {std::move(table)},
            ""};
}

}  // namespace optimat

#pragma once
// The work lists as a user sees them: the people of one list at a place and month who pass the filters, and
// all lists beside each other. The page, its downloads and the API take their rows from here.

#include "priority/lists.hpp"
#include "web/views.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// How far somebody is, as a filter. `open`: still to review or awaiting a co-signature.
enum class StatusFilter : std::uint8_t {
    open,
    still_to_review,
    awaiting_co_signature,
    reviewed,
    being_optimised,
    all
};
constexpr std::size_t status_filter_count = 6;
std::string_view text_of(StatusFilter status);
std::string_view words_for(StatusFilter status);

enum class AssignedFilter : std::uint8_t { any, me, nobody, somebody };
constexpr std::size_t assigned_filter_count = 4;
std::string_view text_of(AssignedFilter assigned);  ///< empty for any

/// `policy`: as the policy has it; the others put one thing before it.
enum class ListSort : std::uint8_t { policy, evidence, factors, due };
constexpr std::size_t list_sort_count = 4;
std::string_view text_of(ListSort sort);  ///< empty for policy
std::string_view words_for(ListSort sort);

struct ListFilter {
    std::optional<ListBlock> block;
    StatusFilter status = StatusFilter::open;
    std::string
        owner;  ///< empty, `me`, `service` (nobody's keyworker), or an opaque reference of a keyworker
    std::optional<RiskFactor> factor;  ///< present
    AssignedFilter assigned = AssignedFilter::any;
    bool overdue = false;
    ListSort sort = ListSort::policy;

    /// `block=using_on_top&status=all`: what differs from the defaults, without place, month and page. Empty:
    /// nothing does.
    std::string query() const;
    /// The same filter with another block.
    ListFilter with_block(std::optional<ListBlock> other) const;
};

/// Of the parameters of an address; others are left aside. Throws HttpError 400 for a value that is not
/// there.
ListFilter list_filter_of(const Parameters& query, WorkList list);

struct OwnerChoice {
    std::string reference;  ///< opaque; `service`: nobody's keyworker
    std::string words;      ///< the keyworker
    std::int64_t people = 0;
};

struct ListView {
    PageChoice choice;
    WorkList list;
    ListFilter filter;
    std::shared_ptr<const Pictures> pictures;
    std::vector<ListRow> rows;       ///< everybody whom the viewer may see, in the policy's order
    std::vector<ListRow> shown;      ///< those who pass the filter, in the order chosen
    std::vector<ListRow> any_block;  ///< those who pass the filter but for its block
    std::vector<OwnerChoice>
        owners;  ///< of rows, by keyworker, the service's own last; at a single service only
    std::optional<std::int64_t>
        tracker;  ///< the tracker's number; nothing: no such list, or only a caseload is seen

    std::string query(const Figures& figures) const;  ///< place, month and filter
};

/// Of the route's list and the query. Throws HttpError 404 for a list that is not there, 403 for a place that
/// the viewer may not list, 400 for a filter that is not there. Fills in the audit entry.
ListView read_list_view(Context& context);
/// Tables `list` (the rows shown) and `parts` (of everybody).
PageFigures list_figures(Context& context, const ListView& view);

/// One list of the overview.
struct ListSummary {
    WorkList list;
    ListCount count;
    std::int64_t overdue = 0;
    std::optional<std::int64_t> tracked;  ///< of the blocks that the tracker counts: together
    std::optional<std::int64_t> tracker;  ///< the tracker's number
};
/// All lists at the place and month, of whom the viewer may see. Throws HttpError 403.
std::vector<ListSummary> read_list_summaries(Context& context, const PageChoice& choice);
/// Table `lists`.
PageFigures lists_figures(Context& context, const PageChoice& choice);

/// Whether a viewer sees a caseload of their own, and not whole places.
bool sees_caseload_only(const User& user);

}  // namespace optimat

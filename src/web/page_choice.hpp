#pragma once
// What a page is about: a place, a month, and how many months back. Read from the query, written into links,
// and the same for a page, its downloads and the API.

#include "measure/people.hpp"
#include "web/context.hpp"

#include <string>

namespace optimat {

struct PageChoice {
    Place place;
    std::string place_key;
    std::size_t date = 0;  ///< place in Figures::dates
    int months = 12;       ///< 12, 24 or 36: fewer are shown when the data begin later

    Day day(const Figures& figures) const { return figures.dates()[date]; }
    /// The first month shown.
    std::size_t first() const;
    /// `place=service%3AS0006&month=2018-10&months=12`, without a question mark.
    std::string query(const Figures& figures) const;
};

/// Without parameters: the last month at the user's own service, or the whole organisation when there are
/// several. Throws HttpError 400 for a place or month that is not there. A commissioner may not choose groups
/// that users put together.
PageChoice read_page_choice(Context& context);

/// A place by its key, saved peer groups (`saved_group:3`) included; nothing when there is none, or when it
/// is of those whose figures do not leave the organisation and the viewer is a commissioner.
std::optional<Place> find_any_place(Context& context, std::string_view key);

/// The people behind a number, as parameters of a link: `group=red`, `from=red&to=green`, `row=mat2_below`,
/// `row=mat2&by=team&part=…` (a part is named by an opaque reference, for it may be a keyworker).
std::string selection_query(const Selection& selection, const Context& context);
/// The selection in the query of the request; everybody in MAT when there is none. Throws HttpError 400.
Selection read_selection(Context& context, const PageChoice& choice);
/// `red: MAT 2 below threshold, using on top`: for headings.
std::string words_for(const Selection& selection);

}  // namespace optimat

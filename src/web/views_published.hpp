#pragma once
// Released figures as they left the organisation: for commissioners and for whoever publishes. The page, CSV,
// workbook and API take them from here, and there is no other cut of them. Rule disclosure.

#include "outcome/publication.hpp"
#include "web/views_released.hpp"

namespace optimat {

struct PublishedChoice {
    std::size_t release;  ///< place in PublishedFold::releases
    std::size_t place;    ///< in its left.places
    std::string place_key;
    std::int64_t number;        ///< of the release
    std::string query() const;  ///< `release=3&place=service:S0006`
};
/// Of the query: the newest release that was not withdrawn and the organisation, without one. Throws
/// HttpError 404 when nothing has been released, 400 for a release or place that there is not.
PublishedChoice read_published_choice(Context& context);

/// The same of the query. Before the first release: the same tables without a row.
ReleasedPage published_figures(Context& context);
/// Tables `published` (every measure that leaves of the place, with the release before beside it) and
/// `places` (every measure of every place where it leaves).
ReleasedPage published_figures(Context& context, const PublishedChoice& choice);

}  // namespace optimat

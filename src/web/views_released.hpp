#pragma once
// What a commissioner sees of the tracker and of services beside each other: months that were released, with
// their numbers as they left (published_book). Nothing of the newest data: what came in since would tell by
// its difference whom it concerns. Before the first release there are no figures. Rule disclosure.

#include "measure/compare.hpp"
#include "web/published_book.hpp"
#include "web/views.hpp"

#include <string>
#include <vector>

namespace optimat {

/// Figures that left, with what made them: of the newest month in them.
struct ReleasedPage {
    PageFigures figures;
    Provenance provenance;
    Day as_at;
};

struct ReleasedChoice {
    const ReleaseThatLeft* release;  ///< of the chosen month
    std::size_t place;               ///< in its left.places
    std::string place_key;
    int months = 12;  ///< 12, 24 or 36: how far back released months are shown
    std::string query() const;
    const Place& where() const { return release->left.places[place]; }
};
/// Of `place`, `month` and `months` of the query: the organisation and the newest release that stands,
/// without them. Throws HttpError 400. There must be a release that stands.
ReleasedChoice read_released_choice(Context& context);

/// Whether any release that left stands.
bool has_released(Context& context);

ReleasedPage released_tracker(Context& context, const ReleasedChoice& choice);

/// The measures that a commissioner may compare by: shares of one group of the tracker that leaves.
std::vector<const ComparableMeasure*> released_measures();

struct ReleasedComparison {
    const ReleaseThatLeft* release;
    const ComparableMeasure* measure;
    std::size_t peers;  ///< in left.places: whose services are compared
    std::string own;    ///< key of the service that is marked; empty: none
    std::string query() const;
    const Place& among() const { return release->left.places[peers]; }
};
/// Of `measure`, `month`, `peers` and `own` of the query, as read_compare_choice. Throws HttpError 400.
ReleasedComparison read_released_comparison(Context& context);
ReleasedPage released_comparison(const ReleasedComparison& choice);

/// What files and programs get: the same of the query; tables without a row while nothing is released.
ReleasedPage released_tracker(Context& context);
ReleasedPage released_comparison(Context& context);

/// Of what left nothing: the program alone.
Provenance provenance_of_nothing();

}  // namespace optimat

#pragma once
// Releases as pages show them: the list with what is due, one beside now, and who stands elsewhere. Not for
// commissioners: what leaves of releases is another matter (web/published_book).

#include "report/release_calendar.hpp"
#include "report/release_data.hpp"
#include "web/release_work.hpp"
#include "web/views.hpp"

#include <memory>

namespace optimat {

/// Today's side of a comparison: the newest snapshot. Lives no longer than the context.
ReleaseSide release_side(Context& context);

/// What the calendar of definitions/releases.toml asks for next.
std::vector<DueRelease> due_releases(Context& context, const std::vector<Release>& releases);

/// Tables `releases` and `due`; the sentence says what is due.
PageFigures release_list_figures(Context& context);

/// A release at a place, beside now.
struct ReleaseChoice {
    PageChoice page;
    RestatedPlace place;
    std::shared_ptr<const RestatedRelease> restated;
    const Release& release() const { return restated->release; }
    std::string path() const;   ///< `/releases/3`
    std::string query() const;  ///< `place=…`
};
/// The release whose number is in the path. Throws HttpError 404 for a number that no release has.
Release release_of_path(Context& context);
/// Of the path and the query. Throws HttpError 404 for a number that no release has.
ReleaseChoice read_release_choice(Context& context);

/// Tables `release_figures`, `release_why`, `release_people` (where persons can be compared) and
/// `release_about`; the sentence says who stands elsewhere.
PageFigures release_figures(Context& context, const ReleaseChoice& choice);

/// Table `people`: everybody of the place who stands elsewhere, both ways, and by what. Those on the own
/// caseload for a recovery worker. How somebody stands at a service that is not the viewer's is not said.
/// Throws HttpError 403 when the viewer may not list the place, 404 when the data have been erased. Fills in
/// the audit entry.
PageFigures release_people_figures(Context& context, const ReleaseChoice& choice);

/// What made a release, for its files.
Provenance provenance_of(const Release& release);

}  // namespace optimat

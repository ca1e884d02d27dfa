#pragma once
// The risk picture of one person: nine factors, each present, absent or unknown, with the records behind
// them.

#include "web/pages/page.hpp"
#include "web/views_person.hpp"

namespace optimat {

/// A section of the person's page, for people out of treatment too. No factor is weighed, and nothing is
/// added up.
Html risk_picture_html(Context& context, const PersonChoice& choice);

}  // namespace optimat

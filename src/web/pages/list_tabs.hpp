#pragma once
// The pages around the work lists, one of them current: lists, caseloads, naloxone, whether it worked,
// supervision, responses.

#include "web/page_choice.hpp"
#include "web/pages/page.hpp"

namespace optimat {

enum class ListPage : std::uint8_t { lists, caseloads, naloxone, effect, supervision, responses };

/// Links that keep place and month; those that the viewer may open.
Html list_tabs(Context& context, const PageChoice& choice, ListPage current);

}  // namespace optimat

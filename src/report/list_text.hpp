#pragma once
// A work list for a terminal: what it is, how far the team is, and person by person why, the risk factors,
// the evidence, naloxone, the review and who has them.

#include "report/list_data.hpp"
#include "report/terminal.hpp"

namespace optimat {

/// Where reviews come from: a folder of an extract has none, so that everybody is still to review.
enum class ReviewsKnown : std::uint8_t { none, of_store };

struct ListHead {
    WorkList list;
    Place place;
    std::string order;  ///< see order_sentence
    ReviewsKnown reviews = ReviewsKnown::none;
};

void write_list_text(const Extract& extract, const Pictures& pictures, std::span<const ListRow> rows,
                     const ListHead& head, const ListTexts& texts, const ReviewTexts& reviews,
                     const Provenance& provenance, const Terminal& terminal, const TextSink& sink);

}  // namespace optimat

#pragma once
// The table of NHS.UK frontend. For tables of figures our pages use their own compact form, see
// web/styles/tables.css.

#include "html/nhsuk/content.hpp"

namespace optimat::nhsuk {

struct TableHeader {
    Html content = {};
    std::string visually_hidden_text = {};
    std::string format = {};     ///< numeric: this column's cells stand right
    std::string align = {};      ///< left, centre or right
    std::string width = {};      ///< one-half …
    std::string sort = {};       ///< ascending, descending or none: the column can be sorted
    std::string sort_next = {};  ///< what the first press sorts by
    std::string href = {};       ///< where the server sorts
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct TableCell {
    Html content = {};
    bool content_is_markup = false;  ///< more than words: kept together beside its heading on narrow screens
    std::string visually_hidden_text = {};
    std::string format = {};  ///< numeric or string; empty: as the column
    std::string align = {};   ///< empty: as the column
    std::string width = {};
    std::string sort_value = {};
    std::string href = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct Table {
    Heading caption = {};
    std::vector<TableHeader> head = {};
    std::vector<std::vector<TableCell>> rows = {};
    bool first_cell_is_header = false;
    bool compact = false;
    bool responsive = false;  ///< on narrow screens each row becomes a list
    bool scroll = false;      ///< wider than the screen: scrolls by itself
    bool striped = false;
    bool border = true;
    bool last_row_border = true;
    std::string variant = {};       ///< reverse, on dark
    std::optional<Card> card = {};  ///< around it; its content is not used
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html table(const Table& table);

/// What is wider than the screen, in a region that scrolls by itself and takes focus.
struct Scroll {
    Html content = {};
    std::string labelled_by = {};  ///< id of its heading or caption
    std::string variant = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html scroll(const Scroll& scroll);

}  // namespace optimat::nhsuk

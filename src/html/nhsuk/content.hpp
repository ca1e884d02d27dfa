#pragma once
// What tells something: messages, cards, summary list, tabs, tag, details. See parts.hpp.

#include "html/nhsuk/parts.hpp"

namespace optimat::nhsuk {

struct Tag {
    Html content = {};
    std::string colour = {};  ///< white, grey, green, aqua-green, blue, purple, pink, red, orange or yellow
    bool coloured = true;     ///< false: without any colour
    bool border = true;
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html tag(const Tag& tag);

struct Details {
    Html summary = {};
    Html content = {};
    bool open = false;
    std::string variant = {};  ///< reverse, on dark
    std::string summary_classes = {};
    ExtraAttributes summary_attributes = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html details(const Details& details);

/// As details, in a box.
Html expander(Details details);

struct InsetText {
    Html content = {};  ///< paragraphs
    std::string visually_hidden_text = "Information";
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html inset_text(const InsetText& inset);

/// A link or, without href or with type, a button of a card or of a row of a summary list.
struct CardAction {
    Html content = {};
    std::string href = {};
    std::string type = {};
    std::string name = {};
    std::optional<std::string> value = {};
    std::string visually_hidden_text = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct CardActions {
    std::vector<CardAction> items = {};
    std::string width = {};  ///< in a summary list: one-half …
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct Card {
    Heading heading = {.level = 2};
    Html heading_markup = {};  ///< behind the heading, or a whole heading instead of it
    Html content = {};         ///< paragraphs
    std::string content_classes = {};
    ExtraAttributes content_attributes = {};
    std::string href = {};     ///< where the heading leads
    std::string variant = {};  ///< feature, primary, secondary, warning, non-urgent, urgent or emergency
    bool clickable = false;
    CardActions actions = {};
    std::string image_src = {};
    std::string image_alt = {};
    Html image = {};  ///< instead of image_src
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html card(const Card& card);
/// A card's description as one paragraph.
Html card_text(const Html& text);

struct WarningCallout {
    Heading heading = {.content = "Important", .level = 3};
    Html content = {};  ///< paragraphs
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html warning_callout(const WarningCallout& callout);

struct Panel {
    Heading heading = {};
    Html content = {};
    std::string variant = {};  ///< interruption
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html panel(const Panel& panel);

struct ErrorSummary {
    struct Item {
        Html content = {};
        std::string href = {};  ///< `#` and the id of the field
        ExtraAttributes attributes = {};
    };
    Heading heading = {.content = "There is a problem", .level = 2};
    Html description = {};
    std::vector<Item> errors = {};
    std::optional<bool> disable_auto_focus = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html error_summary(const ErrorSummary& summary);

struct NotificationBanner {
    Heading title = {.level = 2};  ///< empty: Success or Important
    Heading heading = {.level = 3};
    Html content = {};
    std::string variant = {};  ///< success
    std::string role = {};     ///< empty: alert for success, region otherwise
    std::optional<bool> disable_auto_focus = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html notification_banner(const NotificationBanner& banner);

struct SummaryList {
    struct Cell {
        Html content = {};
        std::string width = {};  ///< one-half …
        std::string id = {};
        std::string classes = {};
        ExtraAttributes attributes = {};
    };
    struct Row {
        Cell key = {};
        Cell value = {};
        CardActions actions = {};
        bool border = true;
        std::string id = {};
        std::string classes = {};
        ExtraAttributes attributes = {};
    };
    std::vector<Row> rows = {};
    bool border = true;
    bool last_row_border = true;
    std::optional<Card> card = {};  ///< around it; its content is not used
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html summary_list(const SummaryList& list);

struct Tabs {
    struct Item {
        std::string label = {};
        Html panel = {};  ///< paragraphs
        std::string id = {};
        ExtraAttributes attributes = {};
        ExtraAttributes panel_attributes = {};
    };
    std::vector<Item> items = {};
    std::string visually_hidden_text = "Contents";
    std::string id = {};
    std::string id_prefix = {};  ///< empty: as the id
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html tabs(const Tabs& tabs);

}  // namespace optimat::nhsuk

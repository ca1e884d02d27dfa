#pragma once
// The frame of every page: head, skip link, header with product name, navigation and account, the one h1,
// messages, footer, and a head and foot that only print shows. Needs no script; see web/styles/frame.css.

#include "html/html.hpp"

#include <optional>
#include <string>
#include <vector>

namespace optimat {

struct NavigationItem {
    std::string text;
    std::string href;
    bool current = false;  ///< whether the page belongs to it
};

struct SignedInUser {
    std::string name;
    std::string role;          ///< in words
    std::string account_href;  ///< the user's own page; empty: no link
    std::string csrf_token;    ///< of the sign-out form, sent as `csrf_token`
};

struct BreadcrumbItem {
    std::string text;
    std::string href;
};

/// One thing to put right; `href` leads to the field (`#month`), empty when there is none.
struct PageError {
    std::string text;
    std::string href;
};

enum class PageWidth : std::uint8_t {
    full,    ///< figures and charts: as wide as the window
    reading  ///< forms and text: a line that reads well
};

enum class PageScripts : std::uint8_t {
    site,        ///< what every page loads
    with_charts  ///< and the module that draws charts
};

struct PageFrame {
    std::string title;                         ///< of the document; the product's name is added
    std::string heading;                       ///< the one h1
    std::optional<Html> heading_aside = {};    ///< quiet words beside it, such as the month
    std::optional<Html> heading_actions = {};  ///< links to the right of it: workbook, CSV, print
    std::vector<NavigationItem> navigation = {};
    std::optional<SignedInUser> signed_in = {};
    std::vector<BreadcrumbItem> breadcrumbs = {};  ///< the pages above this one, without it
    std::optional<Html> success = {};              ///< what has just been done
    std::vector<PageError> errors = {};
    Html main = {};
    PageWidth width = PageWidth::full;
    PageScripts scripts = PageScripts::site;
    std::string organisation = {};  ///< whose data; empty before any is imported
    std::string data_line = {};  ///< "Data to 31 October 2018 · imported 2 November 2018 · policy toolkit 1"
    std::optional<Html> demonstration = {};  ///< a banner above all: invented data, demonstration accounts
};

/// The whole document, from `<!DOCTYPE html>`. The form that signs out posts to `/sign-out`.
std::string page_text(const PageFrame& frame);

}  // namespace optimat

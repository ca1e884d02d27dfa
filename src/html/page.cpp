#include "html/page.hpp"

#include "html/assets.hpp"
#include "html/nhsuk/content.hpp"
#include "html/nhsuk/navigation.hpp"

namespace optimat {
namespace {

constexpr const char* product = "Optimat";

Html head(const PageFrame& frame) {
    const std::string title = frame.errors.empty() ? frame.title : "Error: " + frame.title;
    Html out = html_of(
        tag::meta({{"charset", "utf-8"}}),
        tag::meta({{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
        tag::title({}, title, " – ", product), tag::meta({{"name", "robots"}, {"content", "noindex"}}),
        tag::link({{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", asset_url("favicon.svg")}}),
        tag::link({{"rel", "stylesheet"}, {"href", asset_url("site.css")}}),
        tag::script({{"type", "module"}, {"src", asset_url("site.js")}}));
    if (frame.scripts == PageScripts::with_charts)
        out += tag::script({{"type", "module"}, {"src", asset_url("charts.js")}});
    return out;
}

Html account(const SignedInUser& user) {
    Html name = html_of(user.name);
    if (!user.account_href.empty()) name = tag::a({{"href", user.account_href}}, user.name);
    return tag::div(
        {{"class", "app-header__account"}}, tag::span({}, name, " (", user.role, ")"),
        tag::form({{"method", "post"}, {"action", "/sign-out"}},
                  tag::input({{"type", "hidden"}, {"name", "csrf_token"}, {"value", user.csrf_token}}),
                  tag::button({{"type", "submit"}, {"class", "app-header__sign-out"}}, "Sign out")));
}

Html header(const PageFrame& frame) {
    Html bar = tag::a(
        {{"class", "app-header__name"}, {"href", "/"}},
        tag::img({{"class", "app-header__mark"}, {"src", asset_url("favicon.svg")}, {"alt", ""}}), product);
    if (!frame.organisation.empty())
        tag::span.into(bar, {{"class", "app-header__organisation"}}, frame.organisation);
    if (frame.signed_in) bar += account(*frame.signed_in);
    return tag::header({{"class", "app-header"}},
                       tag::div({{"class", "app-width"}}, tag::div({{"class", "app-header__bar"}}, bar)));
}

Html navigation(const PageFrame& frame) {
    if (frame.navigation.empty()) return {};
    const auto items = [&](Html& list) {
        for (const NavigationItem& item : frame.navigation) {
            const std::optional<std::string> current = item.current ? std::optional("page") : std::nullopt;
            tag::li.into(list, {}, tag::a({{"href", item.href}, {"aria-current", current}}, item.text));
        }
    };
    return tag::nav({{"class", "app-navigation"}, {"aria-label", "Main"}},
                    tag::div({{"class", "app-width"}}, tag::ul({}, items)));
}

Html demonstration(const PageFrame& frame) {
    if (!frame.demonstration) return {};
    return tag::aside({{"class", "app-demonstration"}, {"aria-label", "Demonstration"}},
                      tag::div({{"class", "app-width"}}, tag::p({}, *frame.demonstration)));
}

Html breadcrumbs(const PageFrame& frame) {
    if (frame.breadcrumbs.empty()) return {};
    nhsuk::Breadcrumb breadcrumb;
    for (const BreadcrumbItem& item : frame.breadcrumbs)
        breadcrumb.items.push_back({.content = item.text, .href = item.href});
    return nhsuk::breadcrumb(breadcrumb);
}

Html messages(const PageFrame& frame) {
    Html out;
    if (!frame.errors.empty()) {
        nhsuk::ErrorSummary summary;
        for (const PageError& error : frame.errors)
            summary.errors.push_back({.content = error.text, .href = error.href});
        out += nhsuk::error_summary(summary);
    }
    if (frame.success)
        out += nhsuk::notification_banner(
            {.content = tag::p({{"class", "nhsuk-notification-banner__heading"}}, *frame.success),
             .variant = "success"});
    return out;
}

Html heading(const PageFrame& frame) {
    Html out = tag::h1({}, frame.heading);
    if (frame.heading_aside) tag::span.into(out, {{"class", "app-heading__aside"}}, *frame.heading_aside);
    if (frame.heading_actions)
        tag::div.into(out, {{"class", "app-heading__actions"}}, *frame.heading_actions);
    return tag::div({{"class", "app-heading"}}, out);
}

Html print_head(const PageFrame& frame) {
    return tag::div({{"class", "app-print-only"}},
                    tag::div({{"class", "app-print-head"}}, tag::p({}, product, " · ", frame.organisation),
                             tag::p({}, frame.data_line)));
}

Html print_foot(const PageFrame& frame) {
    Html lines;
    if (frame.demonstration) tag::p.into(lines, {}, *frame.demonstration);
    tag::p.into(lines, {{"data-printed-at", ""}});
    return tag::div({{"class", "app-print-only"}}, tag::div({{"class", "app-print-foot"}}, lines));
}

Html main_part(const PageFrame& frame) {
    const bool reading = frame.width == PageWidth::reading;
    return tag::div({{"class", "app-width"}}, print_head(frame), breadcrumbs(frame),
                    tag::main({{"class", "app-main"}, {"id", "maincontent"}, {"tabindex", "-1"}},
                              tag::div({{"class", reading ? "app-width--reading" : "app-width--full"}},
                                       messages(frame), heading(frame), frame.main)),
                    print_foot(frame));
}

Html footer(const PageFrame& frame) {
    return tag::footer({{"class", "app-footer"}},
                       tag::div({{"class", "app-width"}},
                                tag::p({}, product, frame.data_line.empty() ? "" : " · ", frame.data_line)));
}

}  // namespace

std::string page_text(const PageFrame& frame) {
    Html document = Html::trusted("<!DOCTYPE html>\n");
    document.reserve(frame.main.text().size() + 8192);
    tag::html.into(document, {{"lang", "en-GB"}}, tag::head({}, head(frame)),
                   tag::body({}, nhsuk::skip_link({}), demonstration(frame), header(frame), navigation(frame),
                             main_part(frame), footer(frame)));
    return std::move(document).text();
}

}  // namespace optimat

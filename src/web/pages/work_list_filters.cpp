// What narrows a list down: blocks, filters, and filters that a user has put a name to.

#include "report/number_text.hpp"
#include "store/saved_filters.hpp"
#include "web/list_words.hpp"
#include "web/pages/work_lists.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html select_field(std::string_view name, std::string_view label, const Html& options) {
    const std::string id = fmt::format("filter-{}", name);
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", name}}, options));
}

Html hidden(std::string_view name, std::string_view value) {
    return tag::input({{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html status_options(const ListFilter& filter) {
    Html options;
    for (std::size_t i = 0; i < status_filter_count; ++i) {
        const auto status = static_cast<StatusFilter>(i);
        options += option(text_of(status), words_for(status), status == filter.status);
    }
    return options;
}

Html owner_options(Context& context, const ListView& view) {
    Html options = option("", "Anybody", view.filter.owner.empty());
    bool found = view.filter.owner.empty();
    const auto add = [&](std::string_view value, std::string_view words) {
        found = found || value == view.filter.owner;
        options += option(value, words, value == view.filter.owner);
    };
    if (!context.user().user.keyworker_id.empty()) add("me", "Me");
    for (const OwnerChoice& owner : view.owners)
        add(owner.reference, fmt::format("{} ({})", owner.words, owner.people));
    if (view.owners.empty()) add("service", "No keyworker: the service");
    if (!found) add(view.filter.owner, "A keyworker with nobody here");
    return options;
}

Html factor_options(const ListFilter& filter) {
    Html options = option("", "Any or none", !filter.factor);
    for (std::size_t i = 0; i < risk_factor_count; ++i) {
        const auto factor = static_cast<RiskFactor>(i);
        options += option(text_of(factor), words_for(factor), filter.factor == factor);
    }
    return options;
}

Html assigned_options(const ListFilter& filter) {
    Html options;
    for (const auto& [assigned, words] :
         {std::pair(AssignedFilter::any, "Anybody or nobody"), std::pair(AssignedFilter::me, "Me"),
          std::pair(AssignedFilter::nobody, "Nobody yet"), std::pair(AssignedFilter::somebody, "Somebody")})
        options += option(text_of(assigned), words, filter.assigned == assigned);
    return options;
}

Html sort_options(const ListFilter& filter) {
    Html options;
    for (std::size_t i = 0; i < list_sort_count; ++i) {
        const auto sort = static_cast<ListSort>(i);
        options += option(text_of(sort), words_for(sort), sort == filter.sort);
    }
    return options;
}

std::string address(Context& context, const ListView& view, const std::string& filters) {
    return fmt::format("/lists/{}?{}{}{}", text_of(view.list), view.choice.query(context.figures()),
                       filters.empty() ? "" : "&", filters);
}

}  // namespace

Html list_filter_form(Context& context, const ListView& view) {
    Html fields;
    if (view.filter.block) fields += hidden("block", text_of(*view.filter.block));
    fields += select_field("status", "How far", status_options(view.filter));
    if (!sees_caseload_only(context.user().user))
        fields += select_field("owner", "Keyworker", owner_options(context, view));
    const ListFilter& filter = view.filter;
    const bool open = filter.factor || filter.assigned != AssignedFilter::any || filter.overdue ||
                      filter.sort != ListSort::policy;
    Html more = select_field("factor", "Risk factor present", factor_options(filter));
    more += select_field("assigned", "Taken on by", assigned_options(filter));
    more += select_field(
        "due", "Due",
        html_of(option("", "Any time", !filter.overdue), option("overdue", "Overdue", filter.overdue)));
    more += select_field("sort", "Order", sort_options(filter));
    fields += tag::details({{"class", "app-filters__more"}, {"open", open}},
                           tag::summary({}, "More filters and order"),
                           tag::div({{"class", "app-filters__fields"}}, more));
    return choice_form(context, view.choice, fmt::format("/lists/{}", text_of(view.list)),
                       MonthsChoice::hidden, fields);
}

Html block_tabs(Context& context, const ListView& view) {
    const ListText& text = context.site.list_words().lists.list(view.list);
    if (text.blocks.size() < 2) return {};
    Html items;
    const auto add = [&](std::optional<ListBlock> block, std::string_view words, std::int64_t people) {
        const bool current = view.filter.block == block;
        items += tag::li(
            {}, tag::a({{"href", address(context, view, view.filter.with_block(block).query())},
                        {"aria-current", current ? std::optional<std::string_view>("page") : std::nullopt}},
                       words, " ", tag::span({{"class", "app-tab__count"}}, count_text(people))));
    };
    add({}, "Everybody", static_cast<std::int64_t>(view.any_block.size()));
    for (const BlockText& block : text.blocks)
        add(block.block, block.title,
            std::ranges::count(view.any_block, block.block, [](const ListRow& row) { return row.block; }));
    return tag::nav({{"aria-label", "Why people are here"}}, tag::ul({{"class", "app-tabs"}}, items));
}

Html saved_filters_html(Context& context, const ListView& view) {
    const std::string place_and_month = view.choice.query(context.figures());
    Html items;
    for (const SavedFilter& saved : list_saved_filters(*context.database, context.user().user.number)) {
        if (saved.list != text_of(view.list)) continue;
        const std::string remove = fmt::format("/lists/filters/{}/remove?{}", saved.number, place_and_month);
        items += tag::li({}, tag::a({{"href", address(context, view, saved.query)}}, saved.name), " ",
                         tag::form({{"method", "post"}, {"action", remove}, {"class", "app-inline-form"}},
                                   csrf_field(context), hidden("list", saved.list),
                                   tag::button({{"type", "submit"}, {"class", "app-link-button"}}, "remove",
                                               tag::span({{"class", "nhsuk-u-visually-hidden"}},
                                                         " the filter ", saved.name))));
    }
    const std::string filters = view.filter.query();
    Html html;
    if (!items.empty())
        html += html_of(tag::span({{"class", "app-saved__label"}}, "My filters"),
                        tag::ul({{"class", "app-saved__list"}}, items));
    if (!filters.empty()) {
        html += tag::a({{"href", address(context, view, "")}}, "Clear the filters");
        html += tag::form({{"method", "post"},
                           {"action", "/lists/filters?" + place_and_month},
                           {"class", "app-saved__form"}},
                          csrf_field(context), hidden("list", text_of(view.list)), hidden("filter", filters),
                          tag::label({{"for", "filter-name"}}, "Keep these filters as"),
                          tag::input({{"class", "nhsuk-input"},
                                      {"id", "filter-name"},
                                      {"name", "name"},
                                      {"maxlength", "60"},
                                      {"autocomplete", "off"},
                                      {"required", true}}),
                          tag::button({{"class", "nhsuk-button nhsuk-button--secondary nhsuk-button--small"},
                                       {"type", "submit"}},
                                      "Keep"));
    }
    if (html.empty()) return {};
    return tag::div({{"class", "app-saved"}}, html);
}

}  // namespace optimat

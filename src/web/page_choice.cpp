#include "web/page_choice.hpp"

#include "store/secrets.hpp"

#include "store/peer_groups.hpp"
#include "web/site.hpp"
#include "web/views_service_data.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view saved_group_prefix = "saved_group:";

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Place> find_saved_group(Context& context, std::string_view number_text) {
    const auto number = whole_number(number_text);
    if (!number || context.user().disclosed_only()) return std::nullopt;
    const auto group = find_peer_group(*context.database, *number);
    if (!group) return std::nullopt;
    Place place{PlaceKind::peer_group, group->name, group->name, {}};
    const Extract& extract = context.figures().extract();
    for (const std::string& service : group->services)
        if (const ServiceIndex index = extract.find_service(service); index.has_value())
            place.services.push_back(*index);
    std::ranges::sort(place.services);
    return place;
}

std::string own_place_key(Context& context) {
    const User& user = context.user().user;
    if (user.whole_organisation || user.services.empty()) return "organisation";
    const std::string key = "service:" + user.services.front();
    return context.figures().find_place(key) != nullptr ? key : "organisation";
}

/// A part of a breakdown without saying what it is: an identifier of staff does not belong in a URL.
std::string part_reference(std::string_view part, const Context& context) {
    return keyed_text(context.site.csrf_secret(), "part\n" + std::string(part), 16);
}

template <class Enum> std::optional<Enum> enum_of(std::string_view text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (text_of(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
    return std::nullopt;
}

std::optional<std::size_t> flow_end_of(std::string_view text) {
    for (std::size_t end = 0; end < flow_ends; ++end)
        if (flow_end_text(end) == text) return end;
    return std::nullopt;
}

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(
        400,
        fmt::format("The address names a {} that is not there. Go back and choose from the list.", what));
}

const ServiceDataRow& row_of(std::string_view id) {
    for (const ServiceDataRow& row : service_data_rows())
        if (row.id == id) return row;
    unknown("row");
}

InPart read_part(Context& context, const PageChoice& choice, const ServiceDataRow& row) {
    const auto by = enum_of<Breakdown>(context.parameter("by"), breakdown_count);
    if (!by) unknown("breakdown");
    const Figures& figures = context.figures();
    const std::string wanted = context.parameter("part");
    for (const BreakdownPart& part : break_down(figures.extract(), figures.states(), choice.date,
                                                figures.policy(), choice.place, row, *by))
        if (part_reference(part.part, context) == wanted) return {&row, *by, part.part};
    unknown("part");
}

}  // namespace

std::size_t PageChoice::first() const {
    const auto back = static_cast<std::size_t>(months - 1);
    return date > back ? date - back : 0;
}

std::string PageChoice::query(const Figures& figures) const {
    return fmt::format("place={}&month={}&months={}", url_encode(place_key), month_key(day(figures)), months);
}

std::optional<Place> find_any_place(Context& context, std::string_view key) {
    if (key.starts_with(saved_group_prefix))
        return find_saved_group(context, key.substr(saved_group_prefix.size()));
    const Figures& figures = context.figures();
    const Place* place = figures.find_place(key);
    if (place == nullptr || (context.user().disclosed_only() && !figures.leaves(*place))) return std::nullopt;
    return *place;
}

PageChoice read_page_choice(Context& context) {
    const Figures& figures = context.figures();
    PageChoice choice;
    choice.place_key = context.parameter("place");
    if (choice.place_key.empty()) choice.place_key = own_place_key(context);
    const auto place = find_any_place(context, choice.place_key);
    if (!place) unknown("place");
    choice.place = *place;
    const std::string month = context.parameter("month");
    const auto date = month.empty() ? figures.dates().size() - 1 : figures.find_month(month);
    if (!date) unknown("month");
    choice.date = *date;
    const std::string months = context.parameter("months");
    choice.months = static_cast<int>(months.empty() ? 12 : whole_number(months).value_or(0));
    if (choice.months != 12 && choice.months != 24 && choice.months != 36) unknown("number of months");
    context.audit.place = choice.place_key;
    return choice;
}

std::string selection_query(const Selection& selection, const Context& context) {
    struct Write {
        const Context& context;
        std::string operator()(const InMat&) const { return "group=in_mat"; }
        std::string operator()(const InGroup& in) const { return fmt::format("group={}", text_of(in.group)); }
        std::string operator()(const OnWay& way) const {
            return fmt::format("from={}&to={}", flow_end_text(way.from), flow_end_text(way.to));
        }
        std::string operator()(const InRow& in) const { return fmt::format("row={}", in.row->id); }
        std::string operator()(const InPart& in) const {
            return fmt::format("row={}&by={}&part={}", in.row->id, text_of(in.by),
                               part_reference(in.part, context));
        }
    };
    return std::visit(Write{context}, selection);
}

Selection read_selection(Context& context, const PageChoice& choice) {
    if (const std::string row_id = context.parameter("row"); !row_id.empty()) {
        const ServiceDataRow& row = row_of(row_id);
        if (!context.parameter("by").empty()) return read_part(context, choice, row);
        return InRow{&row};
    }
    if (const std::string from = context.parameter("from"); !from.empty()) {
        const auto before = flow_end_of(from), now = flow_end_of(context.parameter("to"));
        if (!before || !now || choice.date == 0) unknown("way");
        return OnWay{*before, *now, choice.date - 1};
    }
    const std::string group = context.parameter("group");
    if (group.empty() || group == "in_mat") return InMat{};
    const auto found = enum_of<TrackerGroup>(group, tracker_group_count);
    if (!found) unknown("group");
    return InGroup{*found};
}

std::string words_for(const Selection& selection) {
    struct Say {
        std::string operator()(const InMat&) const { return "Everybody in MAT"; }
        std::string operator()(const InGroup& in) const { return std::string(words_for(in.group)); }
        std::string operator()(const OnWay& way) const {
            return fmt::format("From {} to {}", flow_end_words(way.from), flow_end_words(way.to));
        }
        std::string operator()(const InRow& in) const { return full_words(*in.row); }
        std::string operator()(const InPart& in) const {
            return fmt::format("{}: {}", full_words(*in.row), in.part);
        }
    };
    return std::visit(Say{}, selection);
}

}  // namespace optimat

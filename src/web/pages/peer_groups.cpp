#include "web/pages/peer_groups.hpp"

#include "report/number_text.hpp"
#include "store/peer_groups.hpp"
#include "web/pages/forms.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// The services by name; one that the newest data do not have by its id.
std::string service_words(Context& context, const std::vector<std::string>& services) {
    const auto figures = context.site.figures(*context.store);
    std::vector<std::string> names;
    for (const std::string& id : services) {
        const ServiceIndex service = figures ? figures->extract().find_service(id) : ServiceIndex{};
        names.push_back(service.has_value() ? figures->extract().services[*service].name : id);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

Html service_choice(Context& context, const SavedPeerGroup& group, const FieldErrors& errors) {
    std::vector<nhsuk::Choice> items;
    std::vector<std::string> known;
    if (const auto figures = context.site.figures(*context.store)) {
        std::vector<Service> services = figures->extract().services;
        std::ranges::stable_sort(services, {}, &Service::name);
        for (const Service& service : services) {
            known.push_back(service.service_id);
            items.push_back({.label = {.content = service.name}, .value = service.service_id});
        }
    }
    // Services that the newest data do not have stay in their groups.
    for (const std::string& service : group.services)
        if (std::ranges::find(known, service) == known.end())
            items.push_back({.label = {.content = service}, .value = service});
    return nhsuk::checkboxes({.name = "services",
                              .items = items,
                              .fieldset = nhsuk::Fieldset{.legend = {.content = "Services"}},
                              .values = group.services,
                              .hint = nhsuk::Hint{.content = "Two at least"},
                              .error_message = errors.of("services"),
                              .small = true,
                              .form_group = {.classes = "app-many-choices"}});
}

Html removal_form(Context& context, const SavedPeerGroup& group) {
    const Html version = tag::input({{"type", "hidden"}, {"name", "version"}, {"value", group.version}});
    return post_form(context, fmt::format("/peer-groups/{}/remove", group.number), version,
                     {.content = "Remove this group", .variant = "secondary"});
}

Response group_page(Context& context, const SavedPeerGroup& group, const FieldErrors& errors, int status,
                    std::optional<Html> success = {}) {
    PageFrame frame = frame_for(context, Section::compare);
    frame.title = frame.heading = group.number == 0 ? "Put a peer group together" : "Change a peer group";
    frame.breadcrumbs = {{"Compare", "/compare"}, {"Peer groups", "/peer-groups"}};
    frame.errors = errors.summary();
    frame.success = std::move(success);
    Html fields =
        text_field("name", "Name", group.name, errors, "Everybody who compares services sees it", "off");
    fields += service_choice(context, group, errors);
    if (group.number != 0)
        fields += tag::input({{"type", "hidden"}, {"name", "version"}, {"value", group.version}});
    const std::string action =
        group.number == 0 ? std::string("/peer-groups/new") : fmt::format("/peer-groups/{}", group.number);
    frame.main =
        post_form(context, action, fields, {.content = group.number == 0 ? "Save the group" : "Save"});
    if (group.number != 0) frame.main += removal_form(context, group);
    return respond(frame, status);
}

/// The group of the path; nothing yet for `new`.
SavedPeerGroup group_of_path(Context& context) {
    const std::string& text = context.path_values.front();
    if (text == "new") return {};
    const auto number = whole_number(text);
    auto group = number ? find_peer_group(*context.database, *number) : std::nullopt;
    if (!group) throw HttpError(404, "There is no such peer group. Somebody may have removed it.");
    return std::move(*group);
}

/// The group as typed into the form.
SavedPeerGroup typed_group(Context& context, SavedPeerGroup group, FieldErrors& errors) {
    group.name = context.field("name");
    group.services = context.fields("services");
    std::ranges::sort(group.services);
    group.services.erase(std::unique(group.services.begin(), group.services.end()), group.services.end());
    group.author = context.user().user.sign_in_name;
    group.changed_at = context.now_text();
    if (group.number != 0) group.version = whole_number(context.field("version")).value_or(0);
    if (group.name.empty()) errors.add("name", "Write a name for the group");
    if (group.services.size() < 2) errors.add("services", "Choose two services at least");
    return group;
}

/// Somebody else saved the group meanwhile: what was typed stays, and what is stored is told.
Response conflict_page(Context& context, SavedPeerGroup typed) {
    const auto stored = find_peer_group(*context.database, typed.number);
    if (!stored) throw HttpError(404, "Somebody else has removed this peer group meanwhile.");
    FieldErrors errors;
    errors.add(
        "name",
        fmt::format(
            "{} changed this group while you did. Stored now: {}: {}. Below is what you typed; save again to "
            "put it in place of that.",
            stored->author, stored->name, service_words(context, stored->services)));
    typed.version = stored->version;
    context.audit.outcome = AuditOutcome::failed;
    return group_page(context, typed, errors, 409);
}

}  // namespace

namespace pages {

Response peer_groups(Context& context) {
    DataTable table{"peer_groups", "Saved peer groups", "", {}, {}, 1};
    table.columns = {{"name", "Name", CellKind::words, ""},
                     {"services", "Services", CellKind::words, ""},
                     {"author", "Changed by", CellKind::words, ""},
                     {"changed_at", "On", CellKind::words, ""},
                     {"compare", "", CellKind::words, ""}};
    for (const SavedPeerGroup& group : list_peer_groups(*context.database))
        table.rows.push_back(
            {DataCell::words(group.name).linked(fmt::format("/peer-groups/{}", group.number)),
             DataCell::words(service_words(context, group.services)), DataCell::words(group.author),
             DataCell::words(group.changed_at.substr(0, 10)),
             DataCell::words("Compare").linked(
                 fmt::format("/compare?peers=saved_group%3A{}", group.number))});
    PageFrame frame = frame_for(context, Section::compare);
    frame.title = frame.heading = "Peer groups";
    frame.breadcrumbs = {{"Compare", "/compare"}};
    frame.main = tag::p({{"class", "app-lede"}},
                        "Services that are like each other, to compare with. Everybody sees these groups but "
                        "those who see figures with small numbers hidden.");
    frame.main += nhsuk::button({.content = "Put a group together", .href = "/peer-groups/new"});
    frame.main += table.rows.empty() ? tag::p({}, "There are none yet.") : table_html(table);
    return respond(frame);
}

Response peer_group_form(Context& context) { return group_page(context, group_of_path(context), {}, 200); }

Response save_peer_group(Context& context) {
    FieldErrors errors;
    const SavedPeerGroup group = typed_group(context, group_of_path(context), errors);
    context.audit.subject = group.number == 0 ? "new" : fmt::format("saved_group:{}", group.number);
    if (!errors.empty()) {
        context.audit.outcome = AuditOutcome::failed;
        return group_page(context, group, errors, 422);
    }
    try {
        const SavedPeerGroup saved = optimat::save_peer_group(*context.database, group);
        context.audit.subject = fmt::format("saved_group:{}", saved.number);
        context.audit.detail = counted(static_cast<std::int64_t>(saved.services.size()), "service");
        return group_page(
            context, saved, {}, 200,
            html_of("Saved. ",
                    tag::a({{"href", fmt::format("/compare?peers=saved_group%3A{}", saved.number)}},
                           "Compare these services")));
    } catch (const ConflictError&) {
        return conflict_page(context, group);
    } catch (const UsageError&) {
        errors.add("name", "Another peer group has this name: choose another one");
        context.audit.outcome = AuditOutcome::failed;
        return group_page(context, group, errors, 422);
    }
}

Response remove_peer_group(Context& context) {
    const SavedPeerGroup group = group_of_path(context);
    context.audit.subject = fmt::format("saved_group:{}", group.number);
    const std::int64_t version = whole_number(context.field("version")).value_or(0);
    try {
        optimat::remove_peer_group(*context.database, group.number, version);
    } catch (const ConflictError&) {
        FieldErrors errors;
        errors.add("name",
                   fmt::format("{} changed this group meanwhile, so it was not removed. Look at it again.",
                               group.author));
        context.audit.outcome = AuditOutcome::failed;
        return group_page(context, group, errors, 409);
    }
    return see_other("/peer-groups");
}

}  // namespace pages

}  // namespace optimat

// spec/access.md: every route as every role, in the words of those who decide about access. Run with
// OPTIMAT_WRITE_SPEC=1 to write the table anew after a route has been added; then read it.

#include "web/route.hpp"
#include "web/site_for_tests.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace optimat {

namespace {

constexpr std::size_t columns = role_count + 1;  ///< nobody, then the roles

std::optional<Role> role_at(std::size_t column) {
    return column == 0 ? std::nullopt : std::optional(static_cast<Role>(column - 1));
}

std::filesystem::path spec_file() { return std::filesystem::path(OPTIMAT_SOURCE_DIR) / "spec/access.md"; }

std::string head_row() {
    std::string row = "| address | nobody |";
    std::string line = "|---|---|";
    for (std::size_t i = 0; i < role_count; ++i) {
        row += fmt::format(" {} |", words_for(static_cast<Role>(i)));
        line += "---|";
    }
    return row + "\n" + line + "\n";
}

/// The address of a route with something real for its braces, and the place that the role belongs to.
std::string target_of(TestSite& site, const Route& route, std::optional<Role> role) {
    std::string path(route.path());
    const auto put = [&path](std::string_view brace, const std::string& value) {
        if (const std::size_t at = path.find(brace); at != path.npos) path.replace(at, brace.size(), value);
    };
    const auto figures = site.figures();
    const User user = role ? site.user_of(*role) : User{};
    std::string reference;
    for (std::size_t chunk = 0; chunk < figures->extract().chunks.size() && reference.empty(); ++chunk)
        for (std::uint32_t client = 0; client < figures->extract().chunks[chunk].client_count(); ++client)
            if (!role || !holds(*role, Permission::see_people) || may_see(user, *figures, {chunk, client})) {
                reference = figures->reference_of({chunk, client});
                break;
            }
    put("{reference}", path.starts_with("/data") ? "none" : reference);
    put("{number}", "new");
    put("{measure}", "red_share");
    put("{name}", "none");
    put("{secret}", "none");
    put("{id}", figures->info().id);
    const bool own = !user.whole_organisation && !user.services.empty();
    return path + (own ? "?place=" + url_encode("service:" + user.services.front()) : "");
}

/// What the answer says: the page may have nothing there, or want a form filled in, but it was let in.
std::string_view verdict(const Response& response) {
    if (response.status == 401) return "sign in";
    if (response.status == 303 &&
        find_parameter(response.headers, "Location").value_or("").starts_with("/sign-in?"))
        return "sign in";
    return response.status == 403 ? "no" : "yes";
}

Response ask(TestSite& site, const Route& route, std::optional<Role> role) {
    const std::string target = target_of(site, route, role);
    if (route.sink != nullptr) {
        Request head = site.request(role, route.method, target);
        head.headers.push_back({"content-type", "multipart/form-data; boundary=b"});
        Admission admission = site.site().admit(head);
        if (admission.refusal) return std::move(*admission.refusal);
        return Response{};
    }
    return route.method == Method::post ? site.post(role, target, {}) : site.get(role, target);
}

std::string table_as_it_is() {
    TestSite site;
    std::string text = head_row();
    for (const Route& route : routes()) {
        text += fmt::format("| {} {} |", text_of(route.method), route.path());
        for (std::size_t column = 0; column < columns; ++column) {
            site.forget_sessions();  // one of the routes signs out
            text += fmt::format(" {} |", verdict(ask(site, route, role_at(column))));
        }
        text += "\n";
    }
    return text;
}

std::string table_of_spec(const std::string& spec) { return spec.substr(spec.find("| address |")); }

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST(Access, EveryRouteAsEveryRoleIsAsTheSpecSays) {
    const std::string is = table_as_it_is();
    std::string spec = read(spec_file());
    if (std::getenv("OPTIMAT_WRITE_SPEC") != nullptr) {
        spec = spec.substr(0, spec.find("| address |")) + is;
        std::ofstream(spec_file(), std::ios::binary) << spec;
    }
    EXPECT_EQ(is, table_of_spec(spec));
}

TEST(Access, RefusalsOfPersonLevelRoutesAreInTheAuditLog) {
    TestSite site;
    for (const Route& route : routes()) {
        if (route.permission != Permission::see_people || route.method != Method::get) continue;
        const std::size_t before = site.audit().size();
        EXPECT_EQ(ask(site, route, Role::peer_representative).status, 403) << route.path();
        const auto audit = site.audit();
        ASSERT_EQ(audit.size(), before + 1) << route.path();
        EXPECT_EQ(audit.front().outcome, AuditOutcome::refused);
        EXPECT_EQ(audit.front().action, route.action);
        EXPECT_EQ(audit.front().sign_in_name, site.user_of(Role::peer_representative).sign_in_name);
    }
}

}  // namespace optimat

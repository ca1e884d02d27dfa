#include "html/assets.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace optimat {

std::string asset_url(std::string_view source_name) {
    const auto assets = all_assets();
    const auto found = std::ranges::find(assets, source_name, &Asset::source_name);
    OPTIMAT_CHECK(found != assets.end(), "a page asks for an asset that was not built");
    return std::string("/assets/").append(found->name);
}

const Asset* find_asset(std::string_view name) {
    const auto assets = all_assets();
    const auto found = std::ranges::find(assets, name, &Asset::name);
    return found == assets.end() ? nullptr : &*found;
}

}  // namespace optimat

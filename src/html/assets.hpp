#pragma once
// Styles, scripts and pictures of the pages: built by script/assets from web/ and compiled into the program,
// plain and gzip'd. The served name holds a hash of the bytes, so a browser may keep each for ever
// (`Cache-Control: public, max-age=31536000, immutable`).

#include <span>
#include <string>
#include <string_view>

namespace optimat {

struct Asset {
    std::string_view source_name;   ///< as pages ask for it: `site.css`
    std::string_view name;          ///< as it is served, below /assets/: `site-0f3a….css`
    std::string_view content_type;  ///< with the character set
    std::string_view bytes;
    std::string_view gzip_bytes;  ///< the same, for `Content-Encoding: gzip`
};

/// Every asset. Written at build time by web/build.mjs.
std::span<const Asset> all_assets();

/// `/assets/site-0f3a….css` for `site.css`. A name that does not exist is a bug.
std::string asset_url(std::string_view source_name);

/// The asset served under that name; null when there is none, as after an update.
const Asset* find_asset(std::string_view name);

}  // namespace optimat

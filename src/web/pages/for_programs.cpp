// What browsers and programs ask beside the pages: assets, health, metrics.

#include "html/assets.hpp"
#include "http/metrics.hpp"
#include "web/pages/pages.hpp"
#include "web/site.hpp"

namespace optimat::pages {

namespace {

Response asset_response(const Context& context, const Asset& asset, std::string_view caching) {
    const auto accepted = context.request.header("accept-encoding").value_or("");
    const bool compressed = !asset.gzip_bytes.empty() && accepted.find("gzip") != accepted.npos;
    Response response;
    response.content_type = asset.content_type;
    response.headers.push_back({"Cache-Control", std::string(caching)});
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (compressed) response.headers.push_back({"Content-Encoding", "gzip"});
    response.body = compressed ? asset.gzip_bytes : asset.bytes;
    return response;
}

}  // namespace

Response asset(Context& context) {
    const Asset* found = find_asset(context.path_values.front());
    if (found == nullptr)
        throw HttpError(404,
                        "There is no such file. Load the page again: the program may have been updated.");
    return asset_response(context, *found, "public, max-age=31536000, immutable");
}

Response favicon(Context& context) {
    for (const Asset& asset : all_assets())
        if (asset.source_name == "favicon.svg")
            return asset_response(context, asset, "public, max-age=86400");
    throw HttpError(404, "There is no icon.");
}

Response health(Context& context) {
    context.database->number("SELECT count(*) FROM migration");
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = "in order\n";
    return response;
}

Response metrics(Context& context) {
    Metrics* metrics = context.site.options().metrics;
    if (metrics == nullptr) throw HttpError(404, "This server keeps no metrics.");
    if (context.site.options().connections) metrics->set_connections(context.site.options().connections());
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = metrics->exposition();
    return response;
}

}  // namespace optimat::pages

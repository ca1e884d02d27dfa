#include "http/metrics.hpp"

#include "base/version.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::HasSubstr;

TEST(Metrics, count_by_route_method_and_class) {
    Metrics metrics;
    Served served;
    served.status = 204;
    served.method = Method::post;
    served.route = "home";
    served.took = std::chrono::milliseconds(30);
    metrics.count(served);
    served.status = 200;
    metrics.count(served);
    metrics.count({.status = 400});
    const std::string text = metrics.exposition();
    EXPECT_THAT(text, HasSubstr("optimat_requests_total{method=\"POST\",route=\"home\",status=\"2xx\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("optimat_requests_total{method=\"none\",route=\"none\",status=\"4xx\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("optimat_request_seconds_bucket{route=\"home\",le=\"0.025\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("optimat_request_seconds_bucket{route=\"home\",le=\"0.05\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("optimat_request_seconds_count{route=\"home\"} 2\n"));
}

TEST(Metrics, gauges_and_events) {
    Metrics metrics;
    EXPECT_THAT(metrics.exposition(), HasSubstr("optimat_imports_total{outcome=\"failed\"} 0\n"));
    metrics.import_ended(ImportOutcome::refused);
    metrics.sign_in_failed();
    metrics.set_connections(12);
    const std::string build = "optimat_build_info{version=\"" + std::string(program_version()) + "\"} 1\n";
    {
        const Metrics::UnderWay one(metrics), two(metrics);
        EXPECT_THAT(metrics.exposition(), HasSubstr("optimat_requests_in_flight 2\n"));
    }
    const std::string text = metrics.exposition();
    for (const std::string& line :
         {std::string("optimat_requests_in_flight 0\n"), build,
          std::string("optimat_imports_total{outcome=\"refused\"} 1\n"),
          std::string("optimat_sign_in_failures_total 1\n"), std::string("optimat_connections 12\n")})
        EXPECT_THAT(text, HasSubstr(line));
}

}  // namespace
}  // namespace optimat

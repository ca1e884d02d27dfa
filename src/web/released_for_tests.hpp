#pragma once
// Releases of a test's site.

#include "web/release_work.hpp"
#include "web/site_for_tests.hpp"

namespace optimat {

/// Releases a day of the site's newest data as they stand.
inline Release release_day(TestSite& site, Day as_at) {
    const auto figures = site.figures();
    const std::string text = Definitions().text("measures.toml");
    NewRelease made = prepare_release({figures->info(), figures->extract(), figures->policy(),
                                       site.site().measures(), text, "key", ThreadCount{1}},
                                      as_at);
    made.release.made = {"2018-11-05T09:30:00Z", "", ""};
    made.release.request = "test " + to_text(as_at);
    const auto lease = site.site().stores().lease();
    return make_release(lease.database(), std::move(made), site.site().measures(), site.site().policy());
}

/// The month end so many months before the newest.
inline Day month_before_last(TestSite& site, int months) {
    return month_end(add_months(newest_month_end(site.figures()->extract()), -months));
}

}  // namespace optimat

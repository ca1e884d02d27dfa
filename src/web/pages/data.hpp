#pragma once
// The Data page: extracts come in, are checked and imported; their issues with the rows that have them; data
// quality over time. See pages.hpp.

#include "web/context.hpp"

namespace optimat::pages {

Response data(Context& context);
Response
upload_without_files(Context& context);  ///< a form that is none of files; the files go to upload_sink
Response take_folder(Context& context);
Response upload(Context& context);
Response upload_progress(Context& context);  ///< JSON for web/scripts/progress.ts
Response upload_issues_csv(Context& context);
Response upload_rows(Context& context);
Response upload_rows_csv(Context& context);
Response import_upload(Context& context);
Response give_up_upload(Context& context);
Response snapshot_report(Context& context);
Response data_quality(Context& context);
Response data_quality_csv(Context& context);
Response data_quality_workbook(Context& context);

}  // namespace optimat::pages

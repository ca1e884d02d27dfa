-- What the states need, from the CSV files (views read_*, made by database.mjs) to typed tables in one pass over each
-- file; after types.sql.

-- dose in whole micrograms; a medicine that is not a MAT medicine leaves no row
CREATE TABLE prescriptions AS
SELECT prescription_id, client_id::client_key AS client, service_id::service_key AS service,
       medicine::medicine_key AS medicine,
       CASE WHEN daily_dose_mg > 0 THEN (daily_dose_mg * 1000)::INTEGER
            WHEN daily_dose_mg IS NULL AND daily_dose_ml > 0 AND strength_mg_per_ml > 0
            THEN round(daily_dose_ml * strength_mg_per_ml * 1000)::INTEGER END AS dose,
       start_date, end_date, regime::regime_key AS regime, target_dose_mg, target_date, plan_start
FROM read_prescriptions WHERE TRY_CAST(medicine AS medicine_key) IS NOT NULL;

CREATE TABLE services AS
SELECT service_id::service_key AS service, prescribing_from
FROM read_services WHERE TRY_CAST(service_id AS service_key) IS NOT NULL;

CREATE TABLE episodes AS
SELECT TRY_CAST(client_id AS client_key) AS client, TRY_CAST(service_id AS service_key) AS service, start_date, end_date,
       end_reason = 'died' AS died, on_mat_at_start = 'true' AS on_mat_at_start
FROM read_episodes;

CREATE TABLE events AS
SELECT TRY_CAST(client_id AS client_key) AS client, date, kind FROM read_events;

CREATE TABLE tops AS
SELECT TRY_CAST(client_id AS client_key) AS client, date, stage::top_stage_key AS stage,
       setting::setting_key AS setting, opiate_days
FROM read_tops;

CREATE TABLE screens AS
SELECT TRY_CAST(client_id AS client_key) AS client, date,
       illicit_opioid::result_key AS illicit_opioid, fentanyl_or_nitazene::result_key AS fentanyl_or_nitazene,
       setting::setting_key AS setting
FROM read_screens;

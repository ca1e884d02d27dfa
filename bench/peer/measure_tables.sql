-- What all measures need, and states.sql with them: as tables.sql, with more columns; after types.sql.
CREATE TYPE supervision_key AS ENUM ('supervised', 'unsupervised', 'not_recorded');
CREATE TYPE end_kind_key AS ENUM ('planned', 'unplanned', 'transferred', 'died', 'in_custody', 'not_recorded');
CREATE TYPE event_key AS ENUM (
  'death', 'overdose_non_fatal', 'prison_release', 'naloxone_supplied', 'inpatient_admission', 'recovery_support',
  'mutual_aid', 'rehab_admission', 'medical_review', 'keywork');

-- dose in whole micrograms; a medicine that is not a MAT medicine leaves no row
CREATE TABLE prescriptions AS
SELECT prescription_id, client_id::client_key AS client, service_id::service_key AS service,
       medicine::medicine_key AS medicine,
       CASE WHEN daily_dose_mg > 0 THEN (daily_dose_mg * 1000)::INTEGER
            WHEN daily_dose_mg IS NULL AND daily_dose_ml > 0 AND strength_mg_per_ml > 0
            THEN round(daily_dose_ml * strength_mg_per_ml * 1000)::INTEGER END AS dose,
       start_date, end_date, regime::regime_key AS regime, target_dose_mg, target_date, plan_start,
       CASE WHEN supervision IN ('all', 'some') THEN 'supervised'
            WHEN supervision = 'none' THEN 'unsupervised'
            WHEN collection = 'supervised_daily' THEN 'supervised'
            ELSE 'not_recorded' END::supervision_key AS supervised
FROM read_prescriptions WHERE TRY_CAST(medicine AS medicine_key) IS NOT NULL;

CREATE TABLE services AS
SELECT service_id::service_key AS service, prescribing_from, kind
FROM read_services WHERE TRY_CAST(service_id AS service_key) IS NOT NULL;

-- position: the order of start, then id; broke_off: an end that leaves a detoxification incomplete
CREATE TABLE episodes AS
SELECT TRY_CAST(client_id AS client_key) AS client, TRY_CAST(service_id AS service_key) AS service, start_date, end_date,
       end_reason = 'died' AS died, on_mat_at_start = 'true' AS on_mat_at_start,
       row_number() OVER (ORDER BY start_date, episode_id)::INTEGER AS position,
       referral_date, presentation_date,
       CASE WHEN starts_with(end_reason, 'completed_') THEN 'planned'
            WHEN end_reason IN ('dropped_out', 'withdrawn_by_provider', 'declined_by_client') THEN 'unplanned'
            WHEN starts_with(end_reason, 'transferred_') THEN 'transferred'
            WHEN end_reason = 'died' THEN 'died'
            WHEN end_reason = 'retained_in_custody' THEN 'in_custody'
            ELSE 'not_recorded' END::end_kind_key AS end_kind,
       coalesce(end_reason IN ('dropped_out', 'withdrawn_by_provider', 'transferred_in_custody', 'retained_in_custody'),
                false) AS broke_off,
       CASE opiate_client WHEN 'true' THEN true WHEN 'false' THEN false END AS opiate_client
FROM read_episodes;

-- of the kinds that a measure asks for
CREATE TABLE events AS
SELECT TRY_CAST(client_id AS client_key) AS client, date, kind::event_key AS kind
FROM read_events WHERE TRY_CAST(kind AS event_key) IS NOT NULL;

CREATE TABLE tops AS
SELECT TRY_CAST(client_id AS client_key) AS client, date, stage::top_stage_key AS stage,
       setting::setting_key AS setting, opiate_days, row_number() OVER (ORDER BY date, top_id)::INTEGER AS position
FROM read_tops;

CREATE TABLE screens AS
SELECT TRY_CAST(client_id AS client_key) AS client, date,
       illicit_opioid::result_key AS illicit_opioid, fentanyl_or_nitazene::result_key AS fentanyl_or_nitazene,
       setting::setting_key AS setting
FROM read_screens;

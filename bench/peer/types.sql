-- Code lists and identifiers as enumerations: stored as small numbers, shown and ordered as their text. The views
-- client_ids and service_ids name all that occur in prescriptions.
CREATE TYPE client_key AS ENUM (SELECT DISTINCT client_id FROM client_ids ORDER BY client_id);
CREATE TYPE service_key AS ENUM (SELECT DISTINCT service_id FROM service_ids ORDER BY service_id);
CREATE TYPE medicine_key AS ENUM (
  'methadone', 'buprenorphine', 'buprenorphine_naloxone', 'buprenorphine_lyophilisate', 'buprenorphine_weekly',
  'buprenorphine_monthly', 'buprenorphine_sublocade', 'morphine_sr', 'dihydrocodeine', 'diamorphine');
CREATE TYPE result_key AS ENUM ('positive', 'negative', 'inconclusive');
CREATE TYPE top_stage_key AS ENUM ('start', 'review', 'exit', 'post_exit');
CREATE TYPE setting_key AS ENUM ('community', 'secure');
CREATE TYPE regime_key AS ENUM ('increasing', 'stable', 'reducing', 'detox', 'planned');

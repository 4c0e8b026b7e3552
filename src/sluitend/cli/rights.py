"""What the roles of the database may do there, and what is closed to them; `doctor` checks the same."""

OWNER = "sl_owner"
WORKER = "sl_worker"
WEB_ROLES = ("sl_app", "sl_intake")

# The longest that one upload keeps a transaction waiting: the scanner's patience, and twice that of the
# process that cleans the file (once for the processor, once for a busy machine).
UPLOAD_SECONDS = 30 + 2 * 20

# A web page that takes longer than this is broken; better one error than a pool that fills up.
WEB_LIMITS = {
    "statement_timeout": "30s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "120s",
}

# A page asks the same each time, and a plan for any value serves as well as one for this value: its own words
# stand in the text (`kernel/choices.py`). Left to itself the database plans a third of what it computes anew.
# Such a plan takes each organisation for an average one: for a large one reading all of it and sorting would
# look quicker than the start of an index, unless the pages of an index cost what they do in memory.
DESK_PLANS = {"plan_cache_mode": "force_generic_plan", "random_page_cost": "1.1"}
DESK = "sl_app"
"""The role that reads for people; that of intake only adds, and the worker goes through all there is."""

# Named locks, counters of how much is written, objects that stand in no table, an end to somebody else's
# session: by default anybody may have those. Whoever holds the lock that work waits for stops that work, who
# reads a counter or the list of locks often has a clock of what comes in (rows and pages, transactions, the
# write-ahead log), and no policy guards an object.
LOCKS_AND_COUNTERS = (
    "SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (p.proname ~ "
    "'^(pg_(try_)?advisory_|pg_stat_get_|pg_current_|pg_last_|pg_xact_|pg_control_(checkpoint|recovery)"
    "|pg_wal_summary_|pg_available_wal_|pg_get_(wal_|multixact_members|replication_slots)"
    "|pg_(safe_snapshot_)?blocking_pids$|pg_(lock_status|prepared_xact|export_snapshot|sequence_last_value)$"
    "|txid_(current|status)|mxid_age$|pg_(total_)?(relation|table|indexes|database|tablespace)_size$"
    "|lo_|lo(creat|read|write)$|pg_(notify|logical_emit_message|(cancel|terminate)_backend)$)' "
    "OR p.oid = to_regprocedure('age(xid)'))"
)
COUNTED = "'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid'"
"""Columns of the list of tables that tell how much stands in each."""
SAMPLES = "pg_stats, pg_stats_ext, pg_stats_ext_exprs"
"""Views with samples of what stands in tables."""
CLOSE = (
    # First: with the right on a table goes that on its columns.
    f"REVOKE SELECT ON pg_class, {SAMPLES} FROM PUBLIC; "  # noqa: S608 - names of the database's own
    f"GRANT SELECT ON pg_class, {SAMPLES} TO sl_owner; "
    f"DO $$ DECLARE each regprocedure; BEGIN FOR each IN {LOCKS_AND_COUNTERS} LOOP "
    "EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each); "
    "EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sl_owner', each); END LOOP; "
    "EXECUTE (SELECT format('GRANT SELECT (%s) ON pg_class TO PUBLIC', string_agg(attname, ', ')) "
    "FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum > 0 AND NOT attisdropped "
    f"AND attname NOT IN ({COUNTED})); END $$; "
    # To see which session of the web holds what others wait for, and to end it.
    "GRANT EXECUTE ON FUNCTION pg_stat_get_activity(integer), pg_terminate_backend(integer, bigint) "
    "TO sl_worker; "
    # What is planned at a door is locked for one municipality at a time.
    "GRANT EXECUTE ON FUNCTION pg_advisory_xact_lock(integer, integer) TO sl_app"
)

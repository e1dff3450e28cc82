-- With pgvector's own 64 the index's links led away from whole clusters of passages: of 200 queries
-- among 100,000 one or two found none of their nearest. See docs/experiments.md.
DO $$
BEGIN
    IF to_regclass('vectors_near') IS NOT NULL THEN
        ALTER INDEX vectors_near SET (ef_construction = 200);
        REINDEX INDEX vectors_near;
    END IF;
END $$;

-- The operator's list of cancelled orders is newest first, and of ten million orders a few are cancelled: without this
-- index it reads all of them (docs/explain.md).
CREATE INDEX orders_status ON orders (status, id);

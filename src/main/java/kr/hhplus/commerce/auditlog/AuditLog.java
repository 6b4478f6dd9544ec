package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import kr.hhplus.commerce.auditlog.AuditLogEntry.Fact;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.springframework.stereotype.Component;

/**
 * Where deeds are written down for good. Called inside the transaction of a change, the line stands or falls with it;
 * called outside, it is committed on return.
 */
@Component
public class AuditLog {

    private final JdbcAuditLog rows;
    private final Ids ids;
    private final StoredJson json;

    AuditLog(JdbcAuditLog rows, Ids ids, StoredJson json) {
        this.rows = rows;
        this.ids = ids;
        this.json = json;
    }

    /**
     * @param who the caller's name
     * @param what it was done to, as {@code product 3}
     * @param facts what else a reader of the trail needs; never a secret
     * @throws IllegalArgumentException where a fact bears the name of a secret
     */
    public void write(AuditLogAction kind, String who, String what, Map<String, ?> facts) {
        List<Fact> list = new ArrayList<>();
        new TreeMap<>(facts).forEach((name, value) -> list.add(new Fact(name, null, text(value))));
        insert(kind, who, what, list);
    }

    /**
     * Writes down a change as the fields that differ, each with what it was and what it is.
     *
     * @param before null where there was nothing before
     */
    public void writeChange(AuditLogAction kind, String who, String what, Object before, Object after) {
        JsonNode was = before == null ? json.object() : json.tree(before);
        JsonNode is = json.tree(after);
        Set<String> names = new LinkedHashSet<>();
        was.fieldNames().forEachRemaining(names::add);
        is.fieldNames().forEachRemaining(names::add);
        List<Fact> changed = names.stream()
                .map(name -> new Fact(name, text(was.get(name)), text(is.get(name))))
                .filter(fact -> !Objects.equals(fact.before(), fact.value()))
                .toList();
        insert(kind, who, what, changed);
    }

    /** Newest first. */
    public Page<AuditLogEntry> page(AuditLogQuery query, PageRequest page) {
        long first = query.from() == null ? 0 : Ids.firstOf(query.from());
        long end = query.to() == null ? Long.MAX_VALUE : Ids.firstOf(query.to());
        Cursors cursors = page.cursorsOf("trail", query);
        List<AuditLogEntry> found =
                rows.find(query.kind(), query.who(), first, Math.min(cursors.idBefore(), end), page.size() + 1);
        return Page.of(found, page.size(), cursors, AuditLogEntry::entryId);
    }

    private void insert(AuditLogAction kind, String who, String what, List<Fact> facts) {
        SecretRules.check(facts.stream().map(Fact::name).toList());
        List<Fact> shown = facts.stream()
                .map(fact -> new Fact(fact.name(), SecretRules.mask(fact.before()), SecretRules.mask(fact.value())))
                .toList();
        rows.insert(ids.next(), kind, SecretRules.mask(who), SecretRules.mask(what), shown);
    }

    private String text(Object value) {
        JsonNode node = value instanceof JsonNode tree ? tree : json.tree(value);
        return node == null || node.isNull() ? null : node.isTextual() ? node.textValue() : node.toString();
    }
}

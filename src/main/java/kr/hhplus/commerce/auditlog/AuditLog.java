package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import kr.hhplus.commerce.auditlog.AuditLogEntry.Change;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.kernel.json.StoredJson;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Appends entries to the audit log and reads them. Inside the transaction of a change, the entry commits or rolls back
 * with the change. Outside a transaction, the entry is committed when the method returns.
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
     * Appends an entry about an action.
     *
     * @param actor the caller's name, as {@code user 7}
     * @param target of the action, as {@code product 3}
     * @param details further values by name, without secrets
     * @throws IllegalArgumentException if the name of a detail suggests a secret
     */
    public void write(AuditLogAction action, String actor, String target, Map<String, ?> details) {
        List<Change> changes = new ArrayList<>();
        new TreeMap<>(details).forEach((name, value) -> changes.add(new Change(name, null, text(value))));
        insert(action, actor, target, changes);
    }

    /**
     * Appends an entry that lists the fields in which two states differ, with both values.
     *
     * @param actor the caller's name, as {@code user 7}
     * @param target of the action, as {@code product 3}
     * @param before null if the action creates the target
     * @throws IllegalArgumentException if the name of a field suggests a secret
     */
    public void writeChange(AuditLogAction action, String actor, String target, @Nullable Object before, Object after) {
        JsonNode oldState = before == null ? json.object() : json.tree(before);
        JsonNode newState = json.tree(after);
        Set<String> names = new LinkedHashSet<>();
        oldState.fieldNames().forEachRemaining(names::add);
        newState.fieldNames().forEachRemaining(names::add);
        List<Change> changes = names.stream()
                .map(name -> new Change(name, text(oldState.get(name)), text(newState.get(name))))
                .filter(change -> !Objects.equals(change.before(), change.after()))
                .toList();
        insert(action, actor, target, changes);
    }

    /** A page of the matching entries, newest first. */
    public Page<AuditLogEntry> page(AuditLogQuery query, PageRequest page) {
        long first = query.from() == null ? 0 : Ids.firstOf(query.from());
        long end = query.to() == null ? Long.MAX_VALUE : Ids.firstOf(query.to());
        Cursors cursors = page.cursorsOf("trail", query);
        List<AuditLogEntry> found =
                rows.find(query.action(), query.actor(), first, Math.min(cursors.idBefore(), end), page.size() + 1);
        return Page.of(found, page.size(), cursors, AuditLogEntry::entryId);
    }

    private void insert(AuditLogAction action, String actor, String target, List<Change> changes) {
        SecretRules.check(changes.stream().map(Change::name).toList());
        List<Change> masked = changes.stream()
                .map(c -> new Change(c.name(), SecretRules.mask(c.before()), SecretRules.mask(c.after())))
                .toList();
        rows.insert(ids.next(), action, SecretRules.mask(actor), SecretRules.mask(target), masked);
    }

    private @Nullable String text(@Nullable Object value) {
        JsonNode node = value instanceof JsonNode tree ? tree : json.tree(value);
        return node == null || node.isNull() ? null : node.isTextual() ? node.textValue() : node.toString();
    }
}

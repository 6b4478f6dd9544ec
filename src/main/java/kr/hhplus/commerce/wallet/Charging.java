package kr.hhplus.commerce.wallet;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.Won;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/** The lane of charges: a batch locks its users' balances, decides each charge and writes the ledger in one commit. */
@Service
public class Charging {

    private final Wallets wallets;
    private final FirstAnswers firstAnswers;
    private final WalletLimits limits;
    private final Trail trail;
    private final Clock clock;
    private final GroupCommit<ChargeBalance, Answer<ChargedBalance>> lane;

    Charging(Wallets wallets, FirstAnswers firstAnswers, WalletLimits limits, Trail trail, Clock clock, Lanes lanes) {
        this.wallets = wallets;
        this.firstAnswers = firstAnswers;
        this.limits = limits;
        this.trail = trail;
        this.clock = clock;
        this.lane = lanes.open("charge", this::decide, FirstAnswers.rowsOf(Charging::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<ChargeBalance> commands) {
        return commands.stream()
                .<Set<RowKey>>map(command -> new HashSet<>(Set.of(Wallets.rowOf(command.userId()))))
                .toList();
    }

    /** @throws RefusedException where the request is not the caller's to make, or for more than one charge may be */
    public CompletableFuture<Answer<ChargedBalance>> charge(Caller caller, ChargeRequest request, String key) {
        if (request.amount() > limits.chargeMax()) {
            throw new RefusedException(InvalidRequest.at("/amount", "Max", limits.chargeMax()));
        }
        long userId = caller.actingFor(request.userId());
        RequestKey requestKey = RequestKey.of(caller, key, "charge " + new ChargeRequest(userId, request.amount()));
        return submit(new ChargeBalance(userId, Won.of(request.amount()), caller.operatorName(), requestKey));
    }

    CompletableFuture<Answer<ChargedBalance>> submit(ChargeBalance command) {
        return lane.submit(command);
    }

    private Decided<Answer<ChargedBalance>> decide(List<ChargeBalance> commands) {
        WalletBook book =
                wallets.lock(commands.stream().map(ChargeBalance::userId).toList());
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        Won balanceMax = Won.of(limits.balanceMax());
        List<Answer<ChargedBalance>> answers = new ArrayList<>(commands.size());
        for (ChargeBalance command : commands) {
            answers.add(known.answer(command, ChargedBalance.class, () -> {
                Answer<ChargedBalance> answer = WalletRules.charge(command, book, balanceMax, now);
                if (command.by() != null && answer instanceof Answer.Done<ChargedBalance> done) {
                    writeDown(command, done.value());
                }
                return answer;
            }));
        }
        wallets.save(book);
        firstAnswers.save(known, now);
        return book.entries().isEmpty()
                ? Decided.nothingWritten(answers)
                : new Decided<>(answers, () -> wallets.contains(book.entries().get(0)));
    }

    private void writeDown(ChargeBalance command, ChargedBalance charged) {
        trail.write(
                TrailKind.BALANCE_CHARGED,
                command.by(),
                "user " + command.userId(),
                Map.of(
                        "amount",
                        command.amount(),
                        "balance",
                        charged.balance(),
                        "transaction",
                        charged.transactionId()));
    }
}

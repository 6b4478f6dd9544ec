package kr.hhplus.commerce.proof;

import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.SharedShop;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import kr.hhplus.commerce.testkit.Together;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Races in one shop for the whole run, with new users, products and campaigns each time; then it is reconciled. */
@ExtendWith(SharedShop.class)
abstract class SharedShopRace {

    final int rounds = Together.rounds();
    Shop shop;
    Client client;
    Given given;
    ShopState state;

    @BeforeEach
    final void open(Shop shared) {
        shop = shared;
        client = shared.client();
        given = Given.in(shared);
        state = ShopState.of(shared);
    }

    @AfterEach
    final void reconcile() {
        state.reconcile();
    }
}

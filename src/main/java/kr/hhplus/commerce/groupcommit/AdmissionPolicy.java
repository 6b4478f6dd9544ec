package kr.hhplus.commerce.groupcommit;

/** Asked before a command may queue in a lane; for rules that have to do with who else is there, not with rows. */
@FunctionalInterface
public interface AdmissionPolicy {

    /** @return what is to be called once the command is answered; null: it may not enter now */
    Runnable admit(String lane, Object command);
}

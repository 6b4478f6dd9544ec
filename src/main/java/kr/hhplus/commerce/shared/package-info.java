/** The few things that every module speaks: problems, answers, money, ids, paging, time. */
@org.springframework.modulith.ApplicationModule(type = org.springframework.modulith.ApplicationModule.Type.OPEN)
package kr.hhplus.commerce.shared;

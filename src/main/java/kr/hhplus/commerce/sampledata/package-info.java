/** Sample products and campaigns for the first start on an empty database. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*"})
package kr.hhplus.commerce.sampledata;

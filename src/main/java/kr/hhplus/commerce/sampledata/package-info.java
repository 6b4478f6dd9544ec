/** Sample products and campaigns for the first start on an empty database. */
@NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*"})
package kr.hhplus.commerce.sampledata;

import org.jspecify.annotations.NullMarked;

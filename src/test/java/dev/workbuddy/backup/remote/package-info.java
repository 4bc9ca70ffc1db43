/** Every place for copies passes one suite; see {@code RemoteContract}. */
@NullMarked
package dev.workbuddy.backup.remote;

import org.jspecify.annotations.NullMarked;

/** Where copies go off the machine: one contract for all places. */
@NullMarked
package dev.workbuddy.backup.remote;

import org.jspecify.annotations.NullMarked;

/** Every operation of the product, once, for all faces. */
@NullMarked
package dev.workbuddy.backup.capability;

import org.jspecify.annotations.NullMarked;

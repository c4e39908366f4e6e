/**
 * How far two groupings of the same items agree, from the counts of items that share both groups.
 */
package org.vectormill.udfs.agreement;

"""Plans from files of other programs: bytes in, a `PlanFile` out. Nothing here touches the database.

`reading` tells a file by its content, `child` reads it in a limited process, `mspdi` is MS Project's XML, `xer`
Primavera P6's export, `sheet` a node plan in a workbook.
"""
